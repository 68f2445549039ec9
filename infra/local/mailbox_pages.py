"""The pages of the local mailbox, as templates."""

from collections.abc import Mapping

_TOP = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{% block title %}Mailbox{% endblock %}</title>
<style>{{ style }}</style>
</head>
<body>
<header><a href="/_mail/">Mailbox</a> <a href="/">Site</a></header>
<main>
{% block main %}{% endblock %}
</main>
</body>
</html>
"""
_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 "Helvetica Neue", Arial, sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 1rem }
header a { margin-right: 1rem }
h1 { font: 700 1.75rem/1.2 Georgia, serif }
ol { list-style: none; padding: 0 }
li { padding: .6rem 0; border-bottom: 1px solid #8886 }
.to, .date { opacity: .75; font-size: .875rem }
table { border-collapse: collapse; font-size: .875rem }
th { text-align: left; vertical-align: top; padding-right: 1rem; white-space: nowrap }
td, li { overflow-wrap: anywhere }
iframe { width: 100%; height: 40rem; border: 1px solid #8886 }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
button { font: inherit; padding: .5rem 1rem }
"""
_LIST = """\
{% extends "top.html" %}
{% block main %}
<h1>Mailbox</h1>
<p>Every mail that the press has sent since it was started. Nothing leaves this machine.</p>
<form method="post" action="/_mail/issue">
<button>Make today's issue now</button> <a href="/_mail/preview">Preview</a>
</form>
{% if rows %}
<ol>
{% for id, subject, to, date in rows %}
<li><a href="/_mail/{{ id }}">{{ subject }}</a><br>
<span class="to">{{ to }}</span> <span class="date">{{ date }}</span></li>
{% endfor %}
</ol>
{% else %}
<p>No mail yet: sign up at the foot of any page.</p>
{% endif %}
{% endblock %}
"""
_MESSAGE = """\
{% extends "top.html" %}
{% block title %}{{ subject }}{% endblock %}
{% block main %}
<h1>{{ subject }}</h1>
<iframe src="/_mail/{{ id }}/html" title="HTML" sandbox="allow-top-navigation-by-user-activation"></iframe>
<h2>Links</h2>
<ul class="links">
{% for link in links %}
<li><a href="{{ link }}">{{ link }}</a></li>
{% endfor %}
</ul>
<h2>Text</h2>
<pre>{{ text }}</pre>
<h2>Headers</h2>
<table>
{% for name, value in headers %}
<tr><th>{{ name }}</th><td>{{ value }}</td></tr>
{% endfor %}
</table>
{% endblock %}
"""
_MISSING = """\
{% extends "top.html" %}
{% block main %}
<h1>No such mail</h1>
<p>The mailbox is empty after each start of the press.</p>
{% endblock %}
"""
_NOTHING = """\
{% extends "top.html" %}
{% block main %}
<h1>Nothing is new</h1>
<p>No article has appeared since the last issue, so none would be sent.</p>
{% endblock %}
"""
_NOBODY = """\
{% extends "top.html" %}
{% block main %}
<h1>Nobody waits for today's issue</h1>
<p>Whoever had confirmed when it was made has it; whoever has confirmed since gets the next one, tomorrow. Without
a new article there is none.</p>
<p><a href="/_mail/preview">Preview the next one</a></p>
{% endblock %}
"""
PAGES: Mapping[str, str] = {
    "list.html": _LIST,
    "message.html": _MESSAGE,
    "missing.html": _MISSING,
    "nobody.html": _NOBODY,
    "nothing.html": _NOTHING,
    "style.css": _STYLE,
    "top.html": _TOP,
}
