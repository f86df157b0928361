package org.tocsin.gateway.intake;

/** In which form a message came. */
public enum Dialect {
    /** CAP 1.2 as XML. */
    CAP_1_2,
    /** CAP 1.1 as XML. */
    CAP_1_1,
    /** CAP 1.2's elements as JSON. */
    CAP_JSON,
    /** The XML of the 12379 platform. */
    BULLETIN_12379
}
