package org.tocsin.channel;

/** Whom a channel addresses, and by what. */
public sealed interface Addressing {
    /**
     * Persons, by an address in the contacts' registry.
     *
     * @param column the contact's field that holds the address: phone, openid, appToken or email
     */
    record Person(String column) implements Addressing {}

    /**
     * Terminals, by their code in the terminals' registry.
     *
     * @param kind the kind of terminal: loudspeaker or screen
     */
    record Terminal(String kind) implements Addressing {}
}
