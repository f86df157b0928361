package org.tocsin.load;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Rainstorm warnings in CAP 1.2, each with an identifier of its own. */
final class Alert {
    /** How grave a warning is. */
    enum Grade {
        RED("Extreme", "红色", "11B03"),
        BLUE("Minor", "蓝色", "11B03");

        private final String severity;
        private final String colour;
        private final String event;

        Grade(String severity, String colour, String event) {
            this.severity = severity;
            this.colour = colour;
            this.event = event;
        }
    }

    /** An instruction by which the whole text has one segment, of at most 70 characters. */
    static final String ONE_SEGMENT = "请立即转移到安全地带。";

    /** An instruction by which the whole text has two segments, of 71 to 134 characters. */
    static final String TWO_SEGMENTS =
            "请低洼地带、山洪沟口和危旧房屋内的人员立即转移到安全地带，" + "不要在河道、桥下和地下空间停留，不要涉水行走或驾车，关好门窗，切断室外危险电源，留意后续预警。";

    private static final DateTimeFormatter CAP_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'");

    private final InstantSource clock;
    private final AtomicLong last;

    /** Warnings of this clock's time; their identifiers go on from it. */
    Alert(InstantSource clock) {
        this.clock = clock;
        this.last = new AtomicLong(clock.millis());
    }

    /** A new warning to a division. */
    String cap(Grade grade, String division, String instruction) {
        return cap(grade, List.of(division), instruction);
    }

    /** A new warning to some divisions. */
    String cap(Grade grade, List<String> divisions, String instruction) {
        StringBuilder geocodes = new StringBuilder();
        for (String division : divisions) {
            geocodes.append("<geocode><valueName>CPEAS Geographic Code</valueName><value>")
                    .append(division)
                    .append("</value></geocode>");
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return """
                <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
                  <identifier>LOAD_%d</identifier><sender>load</sender><sent>%s</sent>
                  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
                  <info><language>zh-CN</language><category>Met</category><event>暴雨</event>
                  <urgency>Immediate</urgency><severity>%s</severity><certainty>Likely</certainty>
                  <eventCode><valueName>国家突发事件预警信息发布系统</valueName><value>%s</value></eventCode>
                  <expires>%s</expires><senderName>县气象台</senderName>
                  <headline>县气象台发布暴雨%s预警</headline>
                  <description>未来3小时降雨将达100毫米。</description>
                  <instruction>%s</instruction>
                  <area><areaDesc>县</areaDesc>%s</area></info>
                </alert>
                """
                .formatted(
                        last.incrementAndGet(),
                        CAP_TIME.format(now),
                        grade.severity,
                        grade.event,
                        CAP_TIME.format(now.plusHours(6)),
                        grade.colour,
                        instruction,
                        geocodes);
    }
}
