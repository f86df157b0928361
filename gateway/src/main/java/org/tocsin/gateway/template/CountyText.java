package org.tocsin.gateway.template;

/**
 * What a template says.
 *
 * @param description what happens
 * @param instruction what to do; its first sentence is the first thing to do
 */
public record CountyText(String description, String instruction) {}
