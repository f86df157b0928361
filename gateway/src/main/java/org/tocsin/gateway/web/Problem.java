package org.tocsin.gateway.web;

/**
 * One thing that is wrong with a request.
 *
 * @param path where: a place in the body, or a parameter's name; empty for the whole
 * @param code a word for programs
 * @param message for people
 */
public record Problem(String path, String code, String message) {}
