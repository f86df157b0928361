package org.tocsin.simulator.sms;

/**
 * A message's id: of CMPP the first number alone, of SMGP the first as digits, of SGIP the submit's node and time and
 * its number.
 */
record Ticket(long first, long second) {}
