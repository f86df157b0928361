package org.tocsin.gateway.intake;

import java.util.List;
import org.tocsin.gateway.validation.Problem;

/** Reading cannot go on: what was found so far is all that can be told. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;

    Unreadable(int status, String path, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.problem = new Problem(path, code, message);
    }

    static Unreadable malformed(String path, String code, String message) {
        return new Unreadable(400, path, code, message);
    }

    static Unreadable tooMuch(String path, String code, String message) {
        return new Unreadable(422, path, code, message);
    }

    /** 400 for what is not XML or JSON, 422 for what is too deep or too much. */
    int status() {
        return status;
    }

    List<Problem> problems() {
        return List.of(problem);
    }
}
