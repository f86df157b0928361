#!/usr/bin/python3
"""Cuts Noto Sans SC out of Debian's fonts-noto-cjk for the reports' PDF.

    apt-get install fonts-noto-cjk python3-fonttools
    python3 gateway/docs/subset_fonts.py FOLDER

Regular keeps all of GBK and every Chinese character that Noto has: with these the levels 1 and 2 of GB 18030-2022 and the
whole table of standard characters (通用规范汉字表), as names of places and persons need. Bold keeps GB2312; what it lacks
is set in Regular with its outline drawn, so that a heading does not mix weights.
Both lose hinting and layout features, which a PDF does not use. Glyphs are numbered anew, so that a glyph's number is
also its CID: OpenPDF writes the one where a PDF reader expects the other.
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-%s.ttc"
MORE = "–—‘’“”•…‰′″※€№℃ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ→←↑↓■□▲△▼▽◆◇○●◎★☆≤≥≠≈±×÷√∞✓✗〓〔〕"


def characters(encoding):
    found = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(map(ord, MORE))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found |= set(map(ord, bytes([lead, trail]).decode(encoding)))
            except UnicodeDecodeError:
                pass
    return found


HAN = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]


def cut(weight, encoding, target, more=()):
    fonts = TTCollection(SOURCE % weight).fonts
    font = next(one for one in fonts if "Noto Sans CJK SC" in (one["name"].getDebugName(1), one["name"].getDebugName(16)))
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    there = font.getBestCmap()
    han = {point for first, last in more for point in range(first, last + 1) if point in there}
    subsetter.populate(unicodes=characters(encoding) | han)
    subsetter.subset(font)
    font.save(target)
    number(target)


def number(target):
    font = TTFont(target, lazy=False)
    for table in font.keys():
        if table != "GlyphOrder":
            font[table]
    old = font.getGlyphOrder()
    new = [".notdef"] + ["cid%05d" % place for place in range(1, len(old))]
    name = dict(zip(old, new))
    top = font["CFF "].cff.topDictIndex[0]
    top.CharStrings.charStrings = {name[glyph]: at for glyph, at in top.CharStrings.charStrings.items()}
    top.charset = new
    font["hmtx"].metrics = {name[glyph]: wide for glyph, wide in font["hmtx"].metrics.items()}
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 14]
    for table in font["cmap"].tables:
        table.cmap = {character: name[glyph] for character, glyph in table.cmap.items()}
    font.setGlyphOrder(new)
    font.save(target)


if __name__ == "__main__":
    cut("Regular", "gbk", sys.argv[1] + "/NotoSansSC-Regular.otf", HAN)
    cut("Bold", "gb2312", sys.argv[1] + "/NotoSansSC-Bold.otf")
