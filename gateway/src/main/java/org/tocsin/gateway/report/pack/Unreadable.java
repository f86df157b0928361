package org.tocsin.gateway.report.pack;

/** A file that is no evidence pack, or one of which not even the parts can be told. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final String place;

    /**
     * Says why.
     *
     * @param place where in the file
     * @param what what is wrong there
     */
    public Unreadable(String place, String what) {
        super(place + ": " + what);
        this.place = place;
    }

    /** Where in the file. */
    public String place() {
        return place;
    }
}
