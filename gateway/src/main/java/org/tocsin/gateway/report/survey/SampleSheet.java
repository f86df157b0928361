package org.tocsin.gateway.report.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.report.paper.Harmless;

/** The list of whom to ask, as CSV (RFC 4180, UTF-8 with a mark at its head, by which spreadsheets know it). */
final class SampleSheet {
    private static final int SHORTEST_MASKED = 8;
    private static final int CHINESE_DIGITS = 13;

    private SampleSheet() {}

    /**
     * Writes it.
     *
     * @param plan the plan
     * @param sample who is drawn
     * @param people the registry's; who was removed from it has neither name nor telephone number any more
     * @param full whether names and telephone numbers stand there whole; else only what tells one from another
     */
    static byte[] write(SurveyPlan plan, List<SampleDraw.Drawn> sample, People people, boolean full) {
        Map<String, String> townships = new HashMap<>();
        plan.strata().forEach(stratum -> townships.put(stratum.code(), stratum.name()));
        boolean persons = plan.request().frame() == SurveyRequest.Frame.REGISTRY;
        StringBuilder out = new StringBuilder("\uFEFF");
        try (CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            List<String> header =
                    new ArrayList<>(List.of("number", "township", "townshipName", "village", "villageName"));
            if (persons) {
                header.addAll(List.of("name", "phone"));
            }
            printer.printRecord(header);
            for (SampleDraw.Drawn drawn : sample) {
                List<String> row = new ArrayList<>(List.of(
                        Integer.toString(drawn.number()),
                        drawn.township(),
                        Harmless.text(townships.getOrDefault(drawn.township(), "")),
                        drawn.village(),
                        Harmless.text(drawn.villageName())));
                if (persons) {
                    boolean there = !people.isRemoved(drawn.person());
                    row.add(there ? Harmless.text(name(people.name(drawn.person()), full)) : "");
                    row.add(there ? Harmless.text(phone(people.address("phone", drawn.person()), full)) : "");
                }
                printer.printRecord(row);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString().getBytes(UTF_8);
    }

    private static String name(String name, boolean full) {
        return full || name.isEmpty() ? name : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }

    private static String phone(@Nullable String phone, boolean full) {
        if (phone == null) {
            return "";
        }
        // The registry keeps digits with the country's code, which nobody here dials.
        String bare = phone.length() == CHINESE_DIGITS && phone.startsWith("86") ? phone.substring(2) : phone;
        if (full) {
            return bare;
        }
        return bare.length() < SHORTEST_MASKED
                ? "****"
                : bare.substring(0, 3) + "****" + bare.substring(bare.length() - 2);
    }
}
