"""Constructed feeds as news sites write them, and what a reader of each would take from its first entry."""

# ruff: noqa: E501  (feeds are written in long lines)

from __future__ import annotations

import gzip

ZWNJ = "\u200c"
AT = "https://news.example/feed/all.xml"

RSS_AR = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>وكالة الساحل</title><link>https://news.example/</link><language>ar</language>
<item><title>وصول السفينة «نور» إلى الميناء</title><link>/اخبار/12?utm_source=rss</link>
<pubDate>الأربعاء، 17 ذو القعدة 1441 هـ - 14:30</pubDate><dc:creator>سلمى الحارثي</dc:creator>
<category>محليات</category><description><![CDATA[<p>وصلت <b>السفينة</b> صباحاً.</p>]]></description>
<content:encoded><![CDATA[<p>وصلت السفينة «نور» صباح الأربعاء.</p><p>وقال القبطان إن الرحلة هادئة.</p>]]></content:encoded>
</item></channel></rss>"""

RSS_FA = f"""<rss version="2.0"><channel><title>خبر دریا</title><link>https://news.example/fa</link>
<item><title>کشتی{ZWNJ}ها در راه{ZWNJ}اند</title><link>https://news.example/fa/۱۲</link>
<pubDate>چهارشنبه ۱۸ تیر ۱۳۹۹ - ۱۴:۳۰</pubDate><description>کشتی{ZWNJ}ها رسیدند.</description></item></channel></rss>"""

RSS_091 = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old Wire</title><link>https://news.example/</link><item>
<title>Harbour opens &amp; closes</title><link>https://news.example/a</link><description>It opened.</description>
</item></channel></rss>"""

RSS_10 = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>Delta Post</title>
<link>https://news.example/</link></channel><item rdf:about="https://news.example/b"><title>Bridge closed</title>
<link>https://news.example/b</link><dc:date>2026-03-10T08:00:00+03:00</dc:date><dc:creator>N. Orr</dc:creator></item>
</rdf:RDF>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/en/"><title>Harbour Times</title>
<entry><title type="html">Storm &amp;amp; tide</title><link rel="self" href="x.atom"/>
<link rel="alternate" href="2026/storm"/><published>2026-03-10T08:00:00Z</published>
<updated>2026-03-10T09:00:00Z</updated><author><name>Lea Marsh</name></author><category term="Weather"/>
<summary>High water.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>High water came.</p></div></content>
</entry></feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Meadow Journal", "language": "en",
"items": [{"id": "1", "url": "https://news.example/m", "title": "Seeds", "date_published": "2026-03-10T08:00:00+02:00",
"date_modified": "2026-03-11T08:00:00+02:00", "authors": [{"name": "Ira Vane"}], "tags": ["Farm"],
"content_html": "<p>Seeds were sown.</p>", "summary": "Sowing."}]}"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/s</loc><lastmod>2026-03-11</lastmod><news:news><news:publication>
<news:name>پگاه بندر</news:name><news:language>fa</news:language></news:publication>
<news:publication_date>2026-03-10T08:00:00+03:30</news:publication_date><news:title>بندر باز شد</news:title>
</news:news></url></urlset>"""

SITEMAP_INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/s1.xml.gz</loc><lastmod>2026-03-10</lastmod></sitemap></sitemapindex>"""

BROKEN = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Torn & Sons</title>
<item><title>Rain & hail at 5 < 6 o'clock</title><link>https://news.example/r?a=1&b=2</link>
<pubDate>Tue, 10 Mar 2026 08:00:00 GMT</pubDate><description>Wet&nbsp;day.</description></item>
<item><title>Second</title><link>https://news.example/r2</link>"""

BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">
<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><title>T</title><item><title>Laugh &h; &x;</title><link>https://news.example/l</link></item>
</channel></rss>"""

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Arabic">
<outline type="rss" text="وكالة الساحل" xmlUrl="https://news.example/ar.xml" htmlUrl="https://news.example/"/></outline>
<outline type="rss" title="Times" xmlUrl="https://news.example/en.atom"/><outline text="nothing"/></body></opml>"""

CP1256 = RSS_AR.replace("utf-8", "windows-1256").encode("cp1256")

# name: (bytes, title, address, published as written, byline, section)
FIRST_ENTRIES: dict[str, tuple[bytes, str, str, str, str, str]] = {
    "rss 2.0, Arabic, Hijri date, relative link": (
        RSS_AR.encode(), "وصول السفينة «نور» إلى الميناء", "https://news.example/اخبار/12?utm_source=rss",
        "الأربعاء، 17 ذو القعدة 1441 هـ - 14:30", "سلمى الحارثي", "محليات"),
    "the same in cp1256": (
        CP1256, "وصول السفينة «نور» إلى الميناء", "https://news.example/اخبار/12?utm_source=rss",
        "الأربعاء، 17 ذو القعدة 1441 هـ - 14:30", "سلمى الحارثي", "محليات"),
    "rss 2.0, Persian, Jalali date, no declaration": (
        RSS_FA.encode(), f"کشتی{ZWNJ}ها در راه{ZWNJ}اند", "https://news.example/fa/۱۲",
        "چهارشنبه ۱۸ تیر ۱۳۹۹ - ۱۴:۳۰", "", ""),
    "rss 0.91 with a doctype": (
        RSS_091.encode(), "Harbour opens & closes", "https://news.example/a", "", "", ""),
    "rss 1.0": (
        RSS_10.encode(), "Bridge closed", "https://news.example/b", "2026-03-10T08:00:00+03:00", "N. Orr", ""),
    "atom with a base, a link to itself and an escaped title": (
        ATOM.encode(), "Storm & tide", "https://news.example/en/2026/storm", "2026-03-10T08:00:00Z",
        "Lea Marsh", "Weather"),
    "json feed": (
        JSON_FEED.encode(), "Seeds", "https://news.example/m", "2026-03-10T08:00:00+02:00", "Ira Vane", "Farm"),
    "news sitemap": (
        SITEMAP.encode(), "بندر باز شد", "https://news.example/s", "2026-03-10T08:00:00+03:30", "", ""),
    "news sitemap, gz": (
        gzip.compress(SITEMAP.encode()), "بندر باز شد", "https://news.example/s",
        "2026-03-10T08:00:00+03:30", "", ""),
    "bare ampersands, a loose <, no end": (
        BROKEN.encode(), "Rain & hail at 5 < 6 o'clock", "https://news.example/r?a=1&b=2",
        "Tue, 10 Mar 2026 08:00:00 GMT", "", ""),
}  # fmt: skip
