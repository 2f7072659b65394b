"""Pages of made-up reports in each template that the sites use or used: what the download tests serve."""

from __future__ import annotations

import re
from collections.abc import Mapping

PARAGRAPHS = {
    "": (
        "The Government of {name} does not fully meet the minimum standards but is making significant efforts to do "
        "so. It opened a second shelter and trained its labor inspectors, and therefore {name} remained on Tier 2. "
        "Courts were slow, and officials who took bribes from recruiters were seldom brought to trial."
    ),
    "PRIORITIZED RECOMMENDATIONS:": (
        "Investigate complicit officials and bring them to trial. • Write down how victims are found and referred, and "
        "train the police in it. • Pay for the second shelter from the state budget."
    ),
    "PROSECUTION": (
        "The government maintained its law enforcement efforts. The criminal code prescribed penalties of five to "
        "twelve years' imprisonment. Police investigated 14 cases, compared with 11 in the year before; prosecutors "
        "brought nine suspects to trial, and courts convicted four traffickers and sentenced each to prison."
    ),
    "PROTECTION": (
        "The government increased its efforts to protect victims. Authorities identified 31 victims, 20 of them women, "
        "compared with 25 in the previous reporting period, and referred all of them to shelters. The ministry paid "
        "for food, medical care and legal advice, and gave eight foreign victims permits to stay."
    ),
    "PREVENTION": (
        "The government maintained its efforts to prevent trafficking. The national committee met four times and "
        "adopted a plan for the coming three years. A hotline took 212 calls, five of which led to an investigation."
    ),
    "TRAFFICKING PROFILE": (
        "As reported over the past five years, traffickers exploit men from the north of {name} on fishing boats and "
        "women in private houses in the capital. Recruiters take the papers of seasonal workers and hold back pay."
    ),
}  # fmt: skip


def prose(name: str, heading: str = "h3") -> str:
    """A narrative of {name} as HTML paragraphs under headings."""
    parts = []
    for title, text in PARAGRAPHS.items():
        parts.append(f"<{heading}>{title}</{heading}>" if title else f"<p><strong>{name.upper()}: Tier 2</strong></p>")
        parts.append(f"<p>{text.format(name=name)}</p>")
    return "\n".join(parts)


def reports_page(name: str, body: str | None = None, countries: Mapping[str, str] | None = None) -> str:
    """A page of the template of 2016 to 2024 (``/reports/<edition>/<slug>/``); `countries` is address to name."""
    options = "".join(f'<option value="{address}">{text}</option>' for address, text in (countries or {}).items())
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><title>{name} - United States Department of State</title></head>
<body class="state_report-template-default single">
<div class="usa-banner">An official website of the United States government. Here's how you know</div>
<main><article class="state_report"><div class="entry-content">
<section class="wp-block-reports-hero page-header report-header">
<h1 class="report-header__headline">{name}</h1></section>
<div class="wp-block-report-content report row">
<div class="report__side"><nav class="report-nav" id="report-nav">
<select class="chosen-container--country"><option value="">Select a country</option>{options}</select></nav></div>
<section class="report__main"><div class="report__content" id="report_content">
<section class="report__content__inner entry-content">{prose(name) if body is None else body}</section>
</div></section></div></div></article></main>
<footer><p>U.S. Department of State. The Lessons of 1989: Freedom and Our Future</p></footer>
</body></html>
<!-- Performance optimized by an object cache. -->"""


def archive_page(name: str) -> str:
    """A page of the older archive (``/j/tip/rls/tiprpt/countries/2016/<number>.htm``)."""
    return f"""<html><head><title>{name}</title></head><body>
<div id="header">U.S. Department of State: Diplomacy in Action. This is an archived site.</div>
<div id="bread-crumb">Home &gt; Under Secretary &gt; 2016 Report &gt; Country Narratives</div>
<div id="centerblock"><h2 id="page-title">{name}</h2><div id="tier3-landing-interior">
<h4>Office To Monitor and Combat Trafficking in Persons</h4><div class="container">{prose(name, "p")}</div></div></div>
<div id="footer">External links to other sites should not be taken for an endorsement.</div>
</body></html>"""


def archive_index(numbers: Mapping[str, int]) -> str:
    """The older archive's list of countries: `numbers` by name."""
    links = "".join(f'<li><a href="{number}.htm">{name}</a></li>' for name, number in numbers.items())
    return f"<html><body><h2>Country Narratives</h2><ul>{links}</ul></body></html>"


NOT_FOUND = "<!DOCTYPE html><html><body><h1>Page not found</h1><p>We moved our pages. Search here.</p></body></html>"


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF of these lines, each page one column of plain Helvetica with its number at the foot."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " T* ".join("(" + re.sub(r"([\\\\()])", r"\\\1", line) + ") Tj" for line in lines)
        number = 300 + len(kids)
        text = f"BT /F1 9 Tf 11 TL 50 750 Td {shown} ET BT /F1 9 Tf 300 30 Td ({number}) Tj ET"
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    written, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{written}{end}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF".encode(
        "latin-1"
    )
