"""The admin's Content-Security-Policy stops injected scripts, and none of the admin's own pages."""

import subprocess

NUMBER, PASSWORD = "+79110000001", "a long password of theirs"
BLOCKED = "Content Security Policy"
INJECTED = (
    "const code = document.createElement('script'); code.text = 'window.ran = 1'; document.body.append(code)"
)


def create_superuser(clone, environment, database):
    settings = {
        "DATABASE_URL": database.url,
        "SECRET_KEY": "a key for the checks, of more than thirty-two bytes",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    command = [".venv/bin/python", "manage.py", "createsuperuser", "--noinput", "--phone", NUMBER]
    subprocess.run(command, cwd=clone, env=environment | settings, check=True)


def sign_in(page, url):
    page.goto(f"{url}/admin/")
    page.fill("#id_username", NUMBER)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_selector("#user-tools")


def watched(browser):
    """A new page, and a list of what its scripts fail with and what its policy blocks."""
    page, complaints = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.extend([said.text] if BLOCKED in said.text else []))
    return page, complaints


def test_every_kind_of_page_works_under_the_policy(serve, clone, environment, database, browser):
    with serve() as server:
        create_superuser(clone, environment, database)
        page, complaints = watched(browser)
        sign_in(page, server.url)
        for path in ("", "referral/session/", "referral/signinevent/", "referral/referral/", "auth/group/"):
            page.goto(f"{server.url}/admin/{path}")
        page.goto(f"{server.url}/admin/auth/group/add/")
        page.wait_for_selector("#id_permissions_from")  # built by a script
        page.goto(f"{server.url}/admin/referral/user/?is_staff__exact=1")
        page.check(".action-select")
        page.wait_for_selector("text=1 of 1 selected")
        page.select_option("select[name=action]", "erase")
        page.click("button[name=index]")
        page.wait_for_selector("text=No, go back")
        page.click("text=No, go back")
        page.click("#result_list tbody th a")
        page.click("summary:has-text('Staff')")
        page.wait_for_selector("#id_user_permissions_from")
        page.goto(page.url.replace("/change/", "/history/"))
        page.goto(page.url.replace("/history/", "/password/"))
        page.get_by_label("Disabled").check()
        page.wait_for_selector("input[name=unset-password]")
        page.goto(f"{server.url}/admin/password_change/")
        page.click("button.theme-toggle")
        assert complaints == []
        page.evaluate(INJECTED)
        assert page.evaluate("window.ran") is None
        assert len(complaints) == 1
