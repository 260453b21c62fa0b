# The production server. `docker compose up --build` runs it as a demonstration; see also docs/deployment.md.

# Browser assets from npm: GraphiQL, and the API reference at /docs/.
FROM node:20-slim AS assets
WORKDIR /app
COPY schema/assets/package*.json schema/assets/
RUN npm ci --prefix schema/assets --no-audit --no-fund
COPY docs/reference/package*.json docs/reference/spectaql.yml docs/reference/
RUN npm ci --prefix docs/reference --no-audit --no-fund
COPY schema/schema.graphql schema/
RUN docs/reference/node_modules/.bin/spectaql -q docs/reference/spectaql.yml

FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
COPY --from=assets /app/schema/assets/node_modules schema/assets/node_modules
COPY --from=assets /app/docs/reference/build docs/reference/build
RUN python scripts/copy_assets.py && rm -r schema/assets/node_modules
# collectstatic needs no secret; the settings only need a key to load.
RUN SECRET_KEY="of the build alone, and of no use anywhere" DEBUG=false python manage.py collectstatic --noinput -v 0 \
    && python -m compileall -q .

FROM python:3.11-slim
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    DEBUG=false \
    PORT=8000 \
    PYTHONUNBUFFERED=1
COPY --from=build /venv /venv
COPY --from=build /app /app
# The server writes only to /tmp, so the root file system may be read-only.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
CMD ["gunicorn", "-c", "core/gunicorn.py"]
