package org.tocsin.gateway.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Status;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** What everybody may see of signed warnings: the CAP feed and the page behind the short link. */
final class PublicRoutes {
    private static final int FEED_LENGTH = 100;
    private static final Set<WarningState> PUBLIC_STATES = EnumSet.of(
            WarningState.SIGNED,
            WarningState.DISPATCHING,
            WarningState.ACTIVE,
            WarningState.STOPPED,
            WarningState.SUPERSEDED,
            WarningState.CANCELLED,
            WarningState.EXPIRED,
            WarningState.CLOSED);

    private static final String UNKNOWN = Html.page(
            "未找到 Not found",
            "<main><h1>未找到 Not found</h1><p>链接可能不完整。请对照收到的信息重新输入，或留意当地广播。"
                    + " The link may be cut short: type it again as you received it, or follow local radio.</p></main>");

    private final Rooms rooms;
    private final WarningRoutes warnings;
    private final String base;

    /** Links are below the public address; where it is null they are relative, as a Host header could be anybody's. */
    PublicRoutes(Rooms rooms, WarningRoutes warnings, @Nullable PublicUrl publicUrl) {
        this.rooms = rooms;
        this.warnings = warnings;
        this.base = publicUrl == null ? "" : publicUrl.toString();
    }

    List<RouteSpec> routes() {
        return List.of(
                RouteSpec.get("/feeds/cap.atom", Gate.PUBLIC, this::feed, 200, 503),
                RouteSpec.get("/feeds/{identifier}.xml", Gate.PUBLIC, this::entry, 200, 404, 503),
                RouteSpec.get("/w/{shortcode}", Gate.PUBLIC, this::page, 200, 404, 503));
    }

    private Answer feed(Call call) {
        List<Warning> entries = new ArrayList<>();
        String cursor = null;
        do {
            WarningStore.Page page =
                    rooms.warnings().list(new WarningStore.Query(PUBLIC_STATES, null, cursor, FEED_LENGTH));
            page.warnings().stream().filter(PublicRoutes::isForThePublic).forEach(entries::add);
            cursor = page.cursor();
        } while (cursor != null && entries.size() < FEED_LENGTH);
        return Answer.text("application/atom+xml; charset=utf-8", atom(entries, base));
    }

    private Answer entry(Call call) {
        Optional<Warning> latest = rooms.warnings().findByIdentifier(call.parameter("identifier")).stream()
                .filter(PublicRoutes::isForThePublic)
                .max(Comparator.comparing(Warning::created));
        return latest.isEmpty() ? unknown() : warnings.capOf(latest.get());
    }

    private Answer page(Call call) {
        Optional<Warning> found = rooms.warnings()
                .findByShortcode(call.parameter("shortcode"))
                .filter(warning -> warning.signed() != null);
        return found.isEmpty()
                ? Answer.html(404, UNKNOWN)
                : Answer.html(
                        200,
                        PublicPage.of(
                                found.get().alert(),
                                found.get().level(),
                                found.get().state()));
    }

    private static Answer unknown() {
        return Answer.problem(404, "warning.unknown", "there is no such warning");
    }

    /** Exercises and tests never leave by the public ways. */
    private static boolean isForThePublic(Warning warning) {
        return warning.signed() != null && warning.alert().status() == Status.ACTUAL;
    }

    private static String atom(List<Warning> entries, String base) {
        Instant updated = entries.stream()
                .map(PublicRoutes::updated)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<feed xmlns=\"http://www.w3.org/2005/Atom\"")
                .append(" xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\">\n")
                .append("<id>urn:tocsin:feed:cap</id>\n<title>突发事件预警信息 Public warnings</title>\n")
                .append("<updated>")
                .append(updated)
                .append("</updated>\n")
                .append("<author><name>Tocsin</name></author>\n")
                .append("<link rel=\"self\" href=\"")
                .append(Html.text(base))
                .append("/feeds/cap.atom\"/>\n");
        for (Warning warning : entries.subList(0, Math.min(entries.size(), FEED_LENGTH))) {
            String address = base + "/feeds/"
                    + java.net.URLEncoder.encode(warning.alert().identifier(), java.nio.charset.StandardCharsets.UTF_8)
                            .replace("+", "%20")
                    + ".xml";
            String title = WarningJson.headline(warning.alert());
            xml.append("<entry>\n<id>urn:tocsin:warning:")
                    .append(warning.id())
                    .append("</id>\n")
                    .append("<title>")
                    .append(Html.text(title == null ? warning.alert().identifier() : title))
                    .append("</title>\n")
                    .append("<updated>")
                    .append(updated(warning))
                    .append("</updated>\n")
                    .append("<link rel=\"alternate\" type=\"application/cap+xml\" href=\"")
                    .append(Html.text(address))
                    .append("\"/>\n")
                    .append("<cap:msgType>")
                    .append(warning.alert().msgType().word())
                    .append("</cap:msgType>\n")
                    .append("<category term=\"")
                    .append(warning.state().word())
                    .append("\"/>\n")
                    .append("</entry>\n");
        }
        return xml.append("</feed>\n").toString();
    }

    private static Instant updated(Warning warning) {
        Instant closed = warning.closed();
        return closed != null ? closed : warning.signed() != null ? warning.signed() : warning.created();
    }
}
