# The production server. `docker compose up --build` runs a demonstration of it; docs/deployment.md is for the rest.

FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
# Static files need no secret; the key only lets the settings load.
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
# Nothing is written but to /tmp, so the root file system may be read-only.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
CMD ["gunicorn", "-c", "core/gunicorn.py"]
