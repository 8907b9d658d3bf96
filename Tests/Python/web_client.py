"""A client that goes about as a browser does: it keeps cookies, follows links, and sends the forms of pages."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Iterator, Optional
from urllib.parse import urldefrag, urljoin, urlsplit

import requests


class Form:
    """A form of a page, as it would be sent if nobody touched it."""

    def __init__(self, page: str, attributes: dict[str, Optional[str]]) -> None:
        self.action = urldefrag(urljoin(page, attributes.get("action") or ""))[0]
        self.method = (attributes.get("method") or "get").upper()
        self.is_multipart = attributes.get("enctype") == "multipart/form-data"
        self.fields: list[tuple[str, str]] = []
        self.files: list[str] = []
        self.buttons: list[tuple[str, str]] = []

    def value(self, name: str) -> Optional[str]:
        """The last value of a field."""
        return dict(self.fields).get(name)

    def filled(self, values: dict[str, str]) -> list[tuple[str, str]]:
        """The fields with other values. A name that the form has not is a mistake of the test."""
        unknown = values.keys() - {name for name, _ in self.fields + self.buttons} - set(self.files)
        assert not unknown, f"the form has no {unknown}"
        kept = [(name, value) for name, value in self.fields if name not in values]
        return kept + list(values.items())


class Page(HTMLParser):
    """An answer, and what its text refers to where it is HTML."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__(convert_charrefs=True)
        self.url = response.url
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.text
        self.references: list[tuple[str, str]] = []
        """Attributes with an address (`href`, `src`, `action`, `formaction`), and the address as it is written."""
        self.forms: list[Form] = []
        self.data: dict[str, str] = {}
        """The `data-` attributes of the element that has the id of a deployment."""
        self._form: Optional[Form] = None
        self._select: Optional[str] = None
        self._text: Optional[tuple[str, str]] = None
        if self.is_html:
            self.feed(self.text)

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def addresses(self) -> set[str]:
        """Where the references lead."""
        return {urldefrag(urljoin(self.url, address))[0] for _, address in self.references}

    def form(self, ending: str = "") -> Form:
        """The only form with a POST whose address ends so."""
        found = [form for form in self.forms if form.method == "POST" and form.action.endswith(ending)]
        assert len(found) == 1, f"{len(found)} forms to {ending!r} in {self.url}: {self.text}"
        return found[0]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, Optional[str]]]) -> None:
        given = dict(attributes)
        self.references += [
            (name, given[name] or "") for name in ("href", "src", "action", "formaction") if name in given
        ]
        if "data-id" in given and "data-root" in given:
            self.data = {name.removeprefix("data-"): value or "" for name, value in attributes if name[:5] == "data-"}
        if tag == "form":
            self._form = Form(self.url, given)
            self.forms.append(self._form)
        elif self._form is not None:
            self._take(self._form, tag, given)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, Optional[str]]]) -> None:
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._form is not None and self._text is not None:
            name, text = self._text
            self._form.fields.append((name, text.removeprefix("\n")))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text = (self._text[0], self._text[1] + data)

    def _take(self, form: Form, tag: str, given: dict[str, Optional[str]]) -> None:
        name, value = given.get("name"), given.get("value") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or form.value(self._select) is None:
                form.fields = [field for field in form.fields if field[0] != self._select]
                form.fields.append((self._select, value))
        elif not name:
            return
        elif tag == "button":
            form.buttons.append((name, value))
        elif tag == "textarea":
            self._text = (name, "")
        elif given.get("type") == "file":
            form.files.append(name)
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            form.fields.append((name, value))


class WebClient:
    """A browser's window."""

    def __init__(self, origin: str, certificate: Optional[Path] = None, **headers: str) -> None:
        """The headers go with every request. Underscores in their names become dashes."""
        self.origin = origin
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(certificate) if certificate else True
        self.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
        self.session.headers.update({name.replace("_", "-"): value for name, value in headers.items()})

    def get(self, address: str, follow: bool = True, **headers: str) -> Page:
        """Opens an address, which may be a path."""
        return self._call("GET", address, follow, headers)

    def send(self, form: Form, follow: bool = True, headers: Optional[dict[str, str]] = None, **values: str) -> Page:
        """Fills in a form and sends it. In names, `__` becomes a dot and `_` a dash."""
        return self.send_values(form, {_name(name): value for name, value in values.items()}, follow, headers or {})

    def send_values(
        self, form: Form, values: dict[str, str], follow: bool = True, headers: Optional[dict[str, str]] = None
    ) -> Page:
        """Fills in a form, with values by the names of fields, and sends it."""
        fields = form.filled(values)
        # Files that nobody chose are sent without name and content; those with a value are called `file`.
        files = [(name, ("file" if values.get(name) else "", values.get(name, ""))) for name in form.files]
        fields = [(name, value) for name, value in fields if name not in form.files]
        sent: dict[str, object] = (
            {"files": [(name, (None, value)) for name, value in fields] + files}
            if form.is_multipart else {"data": fields}
        )
        # Browsers name the origin of the page in every POST.
        return self._call(form.method, form.action, follow, {"Origin": self.origin} | (headers or {}), **sent)

    def write(self, address: str, body: Optional[object] = None, method: str = "POST", **headers: str) -> Page:
        """A request as the scripts in the pages make it."""
        given = {"Origin": self.origin, "X-Requested-With": "fetch", "Accept": "application/json"} | headers
        return self._call(method, address, False, given, json={} if body is None else body)

    def stream(self, address: str) -> Iterator[str]:
        """Names of server-sent events, each when it arrives."""
        response = self.session.get(
            urljoin(self.origin, address), stream=True, timeout=60, headers={"Accept": "text/event-stream"}
        )
        with response:
            assert response.status_code == 200, response.text
            for line in response.iter_lines(chunk_size=1, decode_unicode=True):
                if line.startswith("event: "):
                    yield line.removeprefix("event: ")

    def _call(self, method: str, address: str, follow: bool, headers: dict[str, str], **sent: object) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Page(self.session.request(
            method, urljoin(self.origin, address), headers=named, allow_redirects=follow, timeout=60, **sent
        ))


def _name(argument: str) -> str:
    return argument.replace("__", ".").replace("_", "-")


def is_below(address: str, root: str) -> bool:
    """Whether an address is of the same origin as a root and below it."""
    ours, given = urlsplit(root), urlsplit(address)
    return (ours.scheme, ours.netloc) == (given.scheme, given.netloc) and given.path.startswith(ours.path)
