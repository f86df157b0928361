package org.tocsin.gateway.app;

/** The command line: {@code java -jar tocsin.jar <command>}. */
public final class Tocsin {
    private Tocsin() {}

    /** Runs a command and ends with its exit code. */
    public static void main(String[] arguments) {
        System.err.println("usage: tocsin.jar serve|demo|import|verify");
        System.exit(2);
    }
}
