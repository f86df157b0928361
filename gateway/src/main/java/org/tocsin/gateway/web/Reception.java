package org.tocsin.gateway.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.approval.Warning;

/** The way in of messages, as the web end needs it. Blocking; may be used by any thread. */
public interface Reception {
    /**
     * Takes a message in, once.
     *
     * @param mediaType the Content-Type; null where there is none
     * @param draft whether it stays a draft
     */
    Receipt receive(Principal sender, @Nullable String mediaType, byte[] body, boolean draft);

    /** Reads and judges a message without taking it, for the new content of a draft. */
    Examination examine(@Nullable String mediaType, byte[] body);

    /**
     * How a posted message was answered: a warning, with {@code created} for a new one, or problems with their status.
     *
     * @param warning the warning taken or known; for a conflict the one that is there; null where there is none
     * @param created whether it is new
     * @param status the HTTP status where it was refused, else 200 or 201
     * @param problems why it was refused; empty where it was not
     */
    record Receipt(@Nullable Warning warning, boolean created, int status, List<Problem> problems) {
        /** It was taken just now. */
        public static Receipt created(Warning warning) {
            return new Receipt(warning, true, 201, List.of());
        }

        /** It was taken before. */
        public static Receipt known(Warning warning) {
            return new Receipt(warning, false, 200, List.of());
        }

        /** It was refused. */
        public static Receipt refused(int status, List<Problem> problems, @Nullable Warning current) {
            return new Receipt(current, false, status, List.copyOf(problems));
        }
    }

    /**
     * What was read: a posting, or problems with their status.
     *
     * @param posting the content; null where it was refused
     * @param status the HTTP status where it was refused, else 200
     * @param problems why it was refused; empty where it was not
     */
    record Examination(@Nullable Posting posting, int status, List<Problem> problems) {}
}
