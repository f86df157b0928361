package org.tocsin.gateway.access;

/** How a code of a second factor was taken. */
public enum SecondFactorAnswer {
    /** It is right, and counts from now on. */
    CONFIRMED,
    /** It is not the code of this moment. */
    WRONG,
    /** It is right, and was used before: the next one comes within 30 seconds. */
    USED,
    /** Too many were wrong: for up to a minute no code is looked at. */
    HELD,
    /** The principal has no second factor: it is set up on "my account". */
    NOT_SET_UP,
    /** The session has run out or was ended. */
    NO_SESSION
}
