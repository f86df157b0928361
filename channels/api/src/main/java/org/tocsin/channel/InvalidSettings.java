package org.tocsin.channel;

import java.util.List;

/** Settings are missing or wrong; the message names each with its rule, and no secret's value. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes it of one line for each problem. */
    public InvalidSettings(List<String> problems) {
        super(String.join("; ", problems));
    }
}
