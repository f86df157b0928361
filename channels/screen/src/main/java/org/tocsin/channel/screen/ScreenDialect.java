package org.tocsin.channel.screen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Reason;
import org.tocsin.channel.TerminalCommand;
import org.tocsin.channel.TerminalDialect;
import org.tocsin.channel.TerminalLink;
import org.tocsin.channel.TerminalReport;

/** Screens' topics and payloads, as the package's description has them. */
final class ScreenDialect implements TerminalDialect {
    private static final Logger LOG = LoggerFactory.getLogger(ScreenDialect.class);
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(4096)
                            .build())
                    .build())
            .build();

    private final String link;
    private final ScreenSettings settings;

    ScreenDialect(String link, ScreenSettings settings) {
        this.link = link;
        this.settings = settings;
    }

    @Override
    public String reports() {
        return reportTopic("+");
    }

    @Override
    public String commandTopic(String code) {
        return "tocsin/screen/" + code + "/command";
    }

    @Override
    public String reportTopic(String code) {
        return "tocsin/screen/" + code + "/report";
    }

    @Override
    public byte[] command(Notice notice) {
        Map<String, Object> own = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (int number = 1; notice.message().parts().containsKey("line" + number); number++) {
            lines.add(notice.message().part("line" + number));
        }
        own.put("lines", lines);
        own.put("colour", notice.level().colour());
        own.put("pageSeconds", settings.seconds());
        try {
            return JSON.writeValueAsBytes(
                    TerminalCommand.fields(notice, settings.terminals().platform(), own));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public @Nullable TerminalReport report(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            return json == null || !json.isObject() ? null : TerminalReport.of(fields(json), ScreenDialect::meaning);
        } catch (IOException malformed) {
            return null;
        }
    }

    @Override
    public void unreadable(TerminalLink.Report came, long soFar) {
        LOG.warn(
                "link {}: terminal {} sent a report of {} bytes that cannot be read; {} so far",
                link,
                came.terminal(),
                came.payload().length,
                soFar);
    }

    private static TerminalReport.Fields fields(JsonNode json) {
        JsonNode issue = json.path("issue");
        return new TerminalReport.Fields(
                json.path("version").asInt(),
                issue.isTextual() ? issue.textValue() : "",
                json.path("state").asText(),
                json.path("code").asText(),
                json.path("at").asText());
    }

    /** Taken, begun, ended well, ended badly and called off are five different facts. */
    private static TerminalReport.Meaning meaning(String state) {
        return switch (state) {
            case "accepted", "started" -> new TerminalReport.Meaning(Evidence.IN_PROGRESS, null, false);
            case "finished" -> new TerminalReport.Meaning(Evidence.DELIVERED, null, false);
            case "failed" -> new TerminalReport.Meaning(Evidence.FAILED, Reason.DEVICE_FAULT, true);
            case "cancelled" -> new TerminalReport.Meaning(Evidence.FAILED, Reason.DROPPED, false);
            default -> new TerminalReport.Meaning(Evidence.UNKNOWN, null, false);
        };
    }
}
