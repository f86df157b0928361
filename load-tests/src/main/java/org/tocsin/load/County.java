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

    private static final int TOWNSHIPS = 10;
    private static final int VILLAGES = 10;

    private County() {}

    /** Writes the divisions' CSV. */
    static Path divisions(Path folder, int residents) throws IOException {
        Path file = folder.resolve("divisions.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("code,name,parent,residents,residentsSource,residentsDate\n");
            out.write(CODE + ",Load County,," + residents + ",synthetic,2026-01-01\n");
            for (int town = 1; town <= TOWNSHIPS; town++) {
                String townCode = String.format("990101%03d000", town);
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

    /** Writes the contacts' CSV. */
    static Path contacts(Path folder, int residents) throws IOException {
        Path file = folder.resolve("contacts.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("personKey,name,division,phone,openid,appToken,email,language,longitude,latitude,audiences\n");
            for (int person = 0; person < residents; person++) {
                int village = (int) ((long) person * TOWNSHIPS * VILLAGES / residents);
                out.write(String.format(
                        "p%08d,,990101%03d%03d,+86100%08d,,,,zh-CN,,,%n",
                        person, village / VILLAGES + 1, village % VILLAGES + 1, person));
            }
        }
        return file;
    }
}
