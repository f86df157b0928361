package org.tocsin.gateway.targeting;

/** Why a warning cannot be targeted. */
public sealed interface TargetProblem {
    /** A stable word for it. */
    String code();

    /** What is wrong, for people. */
    String message();

    /** What kind of thing is wrong with an area. */
    enum Why {
        /** A division's code that is not known or cannot be read. */
        DIVISION,
        /** A place where no village, person or terminal is known. */
        NOWHERE,
        /** A polygon or circle that is no area, or none that is taken. */
        INVALID,
        /** Polygons whose edges cross or lie across each other too often. */
        INTRICATE
    }

    /**
     * An area, or a code in one, of which nothing is known here.
     *
     * @param content the content's place in the list, from 0
     * @param area the area's place in the content, from 0; -1 where the content has none
     * @param why what kind of thing is wrong
     * @param value the code, or the description of the area
     * @param reason what is wrong with it
     */
    record UnknownArea(int content, int area, Why why, String value, String reason) implements TargetProblem {
        @Override
        public String code() {
            return "unknownArea";
        }

        @Override
        public String message() {
            return value + ": " + reason;
        }
    }

    /**
     * An audience that cannot be read or is not defined here.
     *
     * @param value the audience as given
     * @param reason what is wrong with it
     */
    record UnknownAudience(String value, String reason) implements TargetProblem {
        @Override
        public String code() {
            return "unknownAudience";
        }

        @Override
        public String message() {
            return value + ": " + reason;
        }
    }

    /**
     * The area is known, and nobody and nothing in it belongs to the audience.
     *
     * @param value the audience as given
     */
    record EmptyTarget(String value) implements TargetProblem {
        @Override
        public String code() {
            return "emptyTarget";
        }

        @Override
        public String message() {
            return "nobody of the audience " + value + " is in the area";
        }
    }
}
