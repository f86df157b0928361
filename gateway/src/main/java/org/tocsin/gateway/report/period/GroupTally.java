package org.tocsin.gateway.report.period;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.IssueSummary;

/** Adds up a group's issues. Not for several threads at once. */
final class GroupTally {
    private int alerts;
    private int updates;
    private int met;
    private int likely;
    private int missed;
    private int measured;
    private int open;
    private Figures sum = Figures.NONE;
    private double wanted;
    private double confirmedShares;
    private double lowerShares;
    private double estimateShares;
    private long villages;
    private long delivered;
    private long responsible;
    private long answered;
    private final List<@Nullable Double> first = new ArrayList<>();
    private final List<@Nullable Double> p50 = new ArrayList<>();
    private final List<@Nullable Double> p90 = new ArrayList<>();
    private final List<@Nullable Double> sentFirst = new ArrayList<>();
    private final List<@Nullable Double> sentP90 = new ArrayList<>();

    /** Whether an issue's coverage is measured: it applies, and somebody lives there. */
    static boolean isMeasured(IssueSummary summary) {
        return summary.applies() && summary.coverage().residents() > 0;
    }

    void add(IssueSummary summary) {
        if (summary.about().msgType() == MsgType.UPDATE) {
            updates++;
        } else {
            alerts++;
        }
        if (!summary.settled()) {
            open++;
        }
        responsible += summary.answering().addressed();
        answered += summary.answering().answered();
        Verdict verdict = summary.verdict();
        if (verdict == null || !isMeasured(summary)) {
            return;
        }
        measured++;
        switch (verdict) {
            case MET -> met++;
            case LIKELY -> likely++;
            case MISSED -> missed++;
        }
        Figures figures = summary.coverage();
        sum = sum.plus(figures);
        wanted += summary.goal().share() * figures.residents();
        confirmedShares += figures.confirmed() / figures.residents();
        lowerShares += figures.lower() / figures.residents();
        estimateShares += figures.estimate() / figures.residents();
        villages += summary.dissemination().villages();
        delivered += summary.dissemination().delivered();
        first.add(summary.fromSignOff().firstSeconds());
        p50.add(summary.fromSignOff().p50Seconds());
        p90.add(summary.fromSignOff().p90Seconds());
        sentFirst.add(summary.fromSent().firstSeconds());
        sentP90.add(summary.fromSent().p90Seconds());
    }

    GroupFigures figures() {
        return new GroupFigures(
                alerts,
                updates,
                measured,
                met,
                likely,
                missed,
                open,
                sum,
                wanted,
                mean(confirmedShares),
                mean(lowerShares),
                mean(estimateShares),
                villages,
                delivered,
                responsible,
                answered,
                GroupFigures.median(first),
                GroupFigures.median(p50),
                GroupFigures.median(p90),
                GroupFigures.median(sentFirst),
                GroupFigures.median(sentP90));
    }

    private @Nullable Double mean(double shares) {
        return measured == 0 ? null : shares / measured;
    }
}
