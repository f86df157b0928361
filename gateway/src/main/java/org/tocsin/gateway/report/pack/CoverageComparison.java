package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.gateway.coverage.AtomCoverage;
import org.tocsin.gateway.coverage.Count;
import org.tocsin.gateway.coverage.Coverage;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Percent;
import org.tocsin.gateway.report.CoverageReport;

/** Compares the coverage that a pack states with the one that follows from its evidence. */
final class CoverageComparison {
    private final JsonNode stated;
    private final Findings findings;
    private final Map<String, PackVerification.Figure> figures;

    CoverageComparison(JsonNode stated, Findings findings, Map<String, PackVerification.Figure> figures) {
        this.stated = stated;
        this.findings = findings;
        this.figures = figures;
    }

    void compare(
            Coverage coverage,
            boolean applies,
            double goal,
            int villages,
            Set<String> delivered,
            PersonCounts persons,
            List<String> channels) {
        figure("applies", stated.path("applies"), Boolean.toString(applies));
        Count count = coverage.rounded();
        if (applies) {
            figure("residents", stated.path("residents"), Long.toString(count.residents()));
            figure("confirmed", stated.path("confirmed"), Long.toString(count.confirmed()));
            figure("lower", stated.path("lower"), Long.toString(count.lower()));
            figure("estimate", stated.path("estimate"), Long.toString(count.estimate()));
            figure("upper", stated.path("upper"), Long.toString(count.upper()));
            figure("goal", stated.path("goal"), Double.toString(goal));
            figure("verdict", stated.path("verdict"), coverage.verdict(goal).word());
            percent(coverage.total());
            divisions(coverage, delivered);
        }
        figure("villages", stated.path("dissemination").path("villages"), Integer.toString(villages));
        figure("villagesDelivered", stated.path("dissemination").path("delivered"), Integer.toString(delivered.size()));
        figure("addressed", stated.path("audience").path("addressed"), Integer.toString(persons.all()));
        figure("reached", stated.path("audience").path("reached"), Integer.toString(persons.level(1)));
        JsonNode audience = stated.path("audience");
        if (audience.has("percent") && persons.all() > 0) {
            same(
                    "reached %",
                    audience.path("percent"), Double.toString(Percent.down((double) persons.level(1) / persons.all())));
        }
        figure("shown", stated.path("evidenceLevels").path("shown"), Integer.toString(persons.level(2)));
        figure("answered", stated.path("evidenceLevels").path("answered"), Integer.toString(persons.level(3)));
        figure("outside", stated.path("outside"), Integer.toString(persons.outside()));
        for (int channel = 0; channel < channels.size(); channel++) {
            String name = channels.get(channel);
            JsonNode counts = stated.path("channels").path(name);
            same(name + " planned", counts.path("planned"), Integer.toString(persons.plannedOn(channel)));
            same(name + " delivered", counts.path("delivered"), Integer.toString(persons.levelOn(channel, 1)));
            same(name + " acknowledged", counts.path("acknowledged"), Integer.toString(persons.levelOn(channel, 2)));
        }
    }

    private void percent(Figures total) {
        JsonNode said = stated.path("percent");
        CoverageReport.percent(total).properties().forEach(share -> {
            String name = share.getKey() + " %";
            String computed = share.getValue().asText();
            if (said.isMissingNode()) {
                // A pack from before shares were in it states none; what they are follows from the figures all the
                // same.
                figures.put(name, new PackVerification.Figure(computed, computed));
            } else {
                figure(name, said.path(share.getKey()), computed);
            }
        });
    }

    private void divisions(Coverage coverage, Set<String> delivered) {
        JsonNode rows = stated.path("divisions");
        same(
                "number of divisions",
                new com.fasterxml.jackson.databind.node.IntNode(rows.size()),
                "" + coverage.atoms().size());
        for (int at = 0; at < coverage.atoms().size(); at++) {
            AtomCoverage atom = coverage.atoms().get(at);
            JsonNode row = rows.path(at);
            String code = atom.facts().code();
            Count count = atom.figures().rounded();
            same(code + " code", row.path("code"), code);
            same(code + " residents", row.path("residents"), Long.toString(count.residents()));
            same(code + " confirmed", row.path("confirmed"), Long.toString(count.confirmed()));
            same(code + " lower", row.path("lower"), Long.toString(count.lower()));
            same(code + " estimate", row.path("estimate"), Long.toString(count.estimate()));
            same(code + " upper", row.path("upper"), Long.toString(count.upper()));
            Double percent = CoverageReport.lowerPercent(atom.figures());
            // A pack from before it was in it states none.
            if (row.has("lowerPercent")) {
                same(code + " lower %", row.path("lowerPercent"), String.valueOf(percent));
            }
            same(code + " delivered", row.path("delivered"), Boolean.toString(delivered.contains(code)));
        }
    }

    private void figure(String name, JsonNode said, String computed) {
        figures.put(name, new PackVerification.Figure(said.isValueNode() ? said.asText() : null, computed));
        same(name, said, computed);
    }

    private void same(String name, JsonNode said, String computed) {
        if (!said.isValueNode() || !said.asText().equals(computed)) {
            findings.add("segment coverage", name + " is " + said + ", the evidence gives " + computed);
        }
    }
}
