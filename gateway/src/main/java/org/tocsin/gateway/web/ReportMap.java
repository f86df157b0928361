package org.tocsin.gateway.web;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.report.AreaMap;
import org.tocsin.gateway.report.IssueSummary;

/**
 * The map of a report: each village in the class of its sure share, with the classes' numbers beside it. Drawn by the
 * server, so that it needs no script and prints. From class to class the lightness changes too, each village says its
 * share when it is pointed at, and the table below has them all: nothing is told by colour alone.
 */
final class ReportMap {
    private static final int MOST_CLASSES = 4;

    private final boolean applies;
    private final AreaMap map;
    private final List<IssueSummary.Village> villages;
    private final List<Double> edges;
    private final int[] counts;
    private int unpeopled;

    /** {@code goal} is null where none applies: shares are then of those addressed. */
    ReportMap(AreaMap map, List<IssueSummary.Village> villages, @Nullable Double goal) {
        this.applies = goal != null;
        this.map = map;
        this.villages = villages;
        TreeSet<Double> inner = new TreeSet<>(List.of(0.5, 0.8));
        if (goal != null) {
            inner.add(goal);
            inner.removeIf(edge -> edge <= 0 || edge > goal);
        }
        this.edges = List.copyOf(inner);
        this.counts = new int[edges.size() + 1];
        for (IssueSummary.Village village : villages) {
            if (village.figures().residents() > 0) {
                counts[classOf(village)]++;
            } else {
                unpeopled++;
            }
        }
    }

    String html() {
        StringBuilder out = new StringBuilder();
        out.append("<figure class=\"map\">");
        if (map.paths().isEmpty()) {
            out.append("<p>没有村界数据，无法绘图；各村数据见下表。")
                    .append(" No boundaries are known, so there is no map: the table below has the villages.</p>");
        } else {
            out.append("<svg viewBox=\"0 0 ")
                    .append(map.width())
                    .append(' ')
                    .append(map.height())
                    .append("\" role=\"img\" aria-labelledby=\"map-name\"><title id=\"map-name\">各村覆盖率地图，数据见下表")
                    .append(" Map of the villages by share reached; the table below has the figures</title>");
            for (IssueSummary.Village village : villages) {
                path(out, village);
            }
            out.append("</svg>");
        }
        legend(out);
        return out.append("</figure>").toString();
    }

    private void path(StringBuilder out, IssueSummary.Village village) {
        String path = map.paths().get(village.code());
        if (path != null) {
            boolean peopled = village.figures().residents() > 0;
            out.append("<path class=\"c")
                    .append(peopled ? Integer.toString(colour(classOf(village))) : "x")
                    .append("\" d=\"")
                    .append(path)
                    .append("\"><title>")
                    .append(Html.text(village.name()))
                    .append(' ')
                    .append(peopled ? ReportPage.percent(share(village)) : "—")
                    .append("</title></path>");
        }
    }

    private void legend(StringBuilder out) {
        out.append("<figcaption><table class=\"legend\"><caption>")
                .append(applies ? "下限 ÷ 常住人口 Sure share" : "触达 ÷ 应达 Reached of those addressed")
                .append("</caption><thead><tr><th scope=\"col\">颜色 Colour</th>")
                .append("<th scope=\"col\">区间 Range</th><th scope=\"col\">村数 Villages</th></tr></thead><tbody>");
        for (int at = counts.length - 1; at >= 0; at--) {
            swatch(out, Integer.toString(colour(at)));
            out.append("<td>")
                    .append(range(at))
                    .append("</td><td>")
                    .append(counts[at])
                    .append("</td></tr>");
        }
        if (unpeopled > 0) {
            swatch(out, "x");
            out.append("<td>")
                    .append(applies ? "无常住人口 No residents" : "无应达人员 Nobody addressed")
                    .append("</td><td>")
                    .append(unpeopled)
                    .append("</td></tr>");
        }
        out.append("</tbody></table></figcaption>");
    }

    private static void swatch(StringBuilder out, String colour) {
        out.append("<tr><td><svg class=\"swatch\" viewBox=\"0 0 28 16\" aria-hidden=\"true\"><rect class=\"c")
                .append(colour)
                .append("\" width=\"28\" height=\"16\"></rect></svg></td>");
    }

    private String range(int at) {
        String from = at == 0 ? "0 %" : percent(edges.get(at - 1));
        return at == counts.length - 1
                ? "≥ " + from + (applies ? " <span class=\"quiet\">达到目标 goal</span>" : "")
                : from + " – &lt; " + percent(edges.get(at));
    }

    private static String percent(double share) {
        double hundred = share * 100;
        return hundred == Math.rint(hundred) ? (long) hundred + " %" : String.format(Locale.ROOT, "%.1f %%", hundred);
    }

    private int classOf(IssueSummary.Village village) {
        int at = 0;
        while (at < edges.size() && share(village) >= edges.get(at) - 1e-9) {
            at++;
        }
        return at;
    }

    /** The classes take the darkest colours: that of who meets the goal is always the same. */
    private int colour(int at) {
        return MOST_CLASSES - counts.length + at;
    }

    private static double share(IssueSummary.Village village) {
        return village.figures().lower() / village.figures().residents();
    }
}
