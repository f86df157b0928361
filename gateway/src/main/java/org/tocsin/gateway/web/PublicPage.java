package org.tocsin.gateway.web;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.WarningState;

/** The page behind a short link, for everybody. */
public final class PublicPage {
    private static final Set<WarningState> OVER =
            EnumSet.of(WarningState.SUPERSEDED, WarningState.CANCELLED, WarningState.EXPIRED, WarningState.CLOSED);

    private PublicPage() {}

    /** The page of an alert in a state. */
    public static String of(Alert alert, Level level, WarningState state) {
        StringBuilder body = new StringBuilder("<main>");
        if (alert.status() != Status.ACTUAL) {
            body.append("<p class=\"drill\" role=\"note\">演练或测试，请勿采取行动。 Exercise or test. Take no action.</p>");
        }
        body.append("<p>")
                .append(Words.level(level))
                .append(" <strong>")
                .append(Words.state(state))
                .append("</strong></p>");
        if (OVER.contains(state)) {
            body.append("<p class=\"note\">此预警已不再有效，请以最新预警为准。")
                    .append(" This warning is no longer in force: follow the latest one.</p>");
        }
        String title = null;
        for (Info info : alert.infos()) {
            String headline = info.headline() == null ? info.event() : info.headline();
            String heading = title == null ? "h1>" : "h2>";
            title = title == null ? headline : title;
            body.append("<article lang=\"")
                    .append(Html.text(info.language()))
                    .append("\"><")
                    .append(heading)
                    .append(Html.text(headline))
                    .append("</")
                    .append(heading);
            paragraph(body, "", info.description());
            paragraph(body, " class=\"instruction\"", info.instruction());
            info.areas().forEach(area -> paragraph(body, "", area.areaDesc()));
            paragraph(body, "", info.senderName());
            if (info.expires() != null) {
                paragraph(body, "", "有效至 Until " + Words.time(info.expires()));
            }
            body.append("</article>");
        }
        paragraph(body, "", "发布时间 Sent " + Words.time(alert.sent()));
        return Html.page(
                title == null ? "预警 Warning" : title, body.append("</main>").toString());
    }

    private static void paragraph(StringBuilder body, String attributes, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            body.append("<p")
                    .append(attributes)
                    .append('>')
                    .append(Html.text(text))
                    .append("</p>");
        }
    }
}
