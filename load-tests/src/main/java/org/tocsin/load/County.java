package org.tocsin.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A county made up for load: one county, ten townships of ten villages, residents spread evenly, one contact with a
 * phone each. All of it is synthetic; the numbers are in no operator's range.
 */
final class County {
    /** The county's code; 99 is no province's. */
    static final String CODE = "990101000000";

    static final int TOWNSHIPS = 10;
    private static final int VILLAGES = 10;

    private County() {}

    /** The code of a township, 1 to 10. */
    static String township(int number) {
        return String.format("990101%03d000", number);
    }

    /** The code of a village, 1 to 10, of a township; persons are numbered village by village in the codes' order. */
    static String village(int township, int number) {
        return String.format("990101%03d%03d", township, number);
    }

    /** The person's number whose phone it is, as the carrier is told it. */
    static int person(String phone) {
        return Integer.parseInt(phone, phone.length() - 8, phone.length(), 10);
    }

    /** A person's phone as the carrier is told it: without the plus. */
    static String phone(int person) {
        return String.format("86100%08d", person);
    }

    /** Imports divisions and contacts; gives the seconds that it took. */
    static double load(Bench bench, GatewayProcess gateway, int residents) throws IOException {
        Path folder = bench.folder();
        Path divisions = divisions(folder, residents);
        Path contacts = contacts(folder, residents);
        long began = System.nanoTime();
        gateway.load("divisions", divisions);
        gateway.load("contacts", contacts);
        double seconds = (System.nanoTime() - began) / 1e9;
        Files.delete(contacts);
        return seconds;
    }

    /** Writes the divisions' CSV. */
    static Path divisions(Path folder, int residents) throws IOException {
        Path file = folder.resolve("divisions.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("code,name,parent,residents,residentsSource,residentsDate\n");
            out.write(CODE + ",Load County,," + residents + ",synthetic,2026-01-01\n");
            for (int town = 1; town <= TOWNSHIPS; town++) {
                String townCode = township(town);
                out.write(townCode + ",Town " + town + "," + CODE + "," + residents / TOWNSHIPS
                        + ",synthetic,2026-01-01\n");
                for (int village = 1; village <= VILLAGES; village++) {
                    out.write(String.format("990101%03d%03d", town, village) + ",Village " + town + "." + village + ","
                            + townCode + "," + residents / TOWNSHIPS / VILLAGES + ",synthetic,2026-01-01\n");
                }
            }
        }
        return file;
    }

    /** A person's token of the app. */
    static String token(int person) {
        return String.format("token-%08d", person);
    }

    /** Writes the contacts' CSV with a phone each. */
    static Path contacts(Path folder, int residents) throws IOException {
        return contacts(folder, residents, false);
    }

    /** Writes the contacts' CSV with the app each, and no phone. */
    static Path followers(Path folder, int residents) throws IOException {
        return contacts(folder, residents, true);
    }

    private static Path contacts(Path folder, int residents, boolean app) throws IOException {
        Path file = folder.resolve("contacts.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n");
            for (int person = 0; person < residents; person++) {
                int village = (int) ((long) person * TOWNSHIPS * VILLAGES / residents);
                out.write(String.format(
                        "p%08d,,990101%03d%03d,%s,,%s,,zh-CN,,,%n",
                        person,
                        village / VILLAGES + 1,
                        village % VILLAGES + 1,
                        app ? "" : "+" + phone(person),
                        app ? token(person) : ""));
            }
        }
        return file;
    }
}
