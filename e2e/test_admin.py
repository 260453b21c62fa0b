"""Staff in the admin of the demonstration."""

import subprocess

from browsing import PICTURES, new_phone, sign_in, visitor
from crowd import crowd, new_phones

STAFF = "a long password of theirs"
NO_ICON = "404 (Not Found)"


def test_staff_sees_who_invited_whom(browser, server, clone, environment):
    staff = new_phone()
    command = [".venv/bin/python", "manage.py", "createsuperuser", "--noinput", "--phone", staff]
    settings = environment | {"DJANGO_SUPERUSER_PASSWORD": STAFF}
    subprocess.run(command, cwd=clone, env=settings, check=True)
    with visitor(browser, server.url, expected=NO_ICON, viewport={"width": 1280, "height": 720}) as page:
        inviter, invitees = new_phone(), new_phones(3)
        code = sign_in(page, server.url, inviter)
        crowd(server.port, code, invitees)
        page.goto(f"{server.url}/admin/")
        page.fill("#id_username", staff)
        page.fill("#id_password", STAFF)
        page.click("input[type=submit]")
        page.goto(f"{server.url}/admin/referral/user/")
        rows = page.locator("#result_list tbody tr").all_inner_texts()
        assert len(rows) == 5
        page.screenshot(path=PICTURES / "admin.png")
        page.get_by_role("link", name=inviter).click()
        shown = page.inner_text("#content")
        assert all(phone in shown for phone in invitees)
