"""PDFs for whoever asks: all the site's PDFs are made by way of here, so that each is counted."""

from __future__ import annotations

from webapp import pdfs
from webapp.auth import limits

__all__ = ["make_pdf"]


def make_pdf(html: str, *, whom: str) -> bytes:
    """A report's page as PDF/UA, unless too many were asked for.

    Args:
        html: The page, as ``render_report_html`` and the like make it.
        whom: Who asks: a person's id, or the secret of a quick check.

    Raises:
        TooManyRequests: This person, or this place, asked for too many.
        PdfBusyError: All places are taken.
        PdfFailedError: It took too long, or something is wrong with the page.
    """
    limits.stop_if_tried_out(limits.PDF, whom)
    try:
        content = pdfs.make_pdf(html)
    except pdfs.PdfFailedError:  # it took as much as any other; whoever finds every place taken has had nothing
        limits.count(limits.PDF, whom)
        raise
    limits.count(limits.PDF, whom)
    return content
