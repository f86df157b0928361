package org.tocsin.gateway.web;

import org.tocsin.gateway.dispatch.LinkDesk;
import org.tocsin.gateway.registry.ImportDesk;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.template.CountyTexts;

/**
 * What those who keep the gateway running work with.
 *
 * @param registry divisions, people, audiences and terminals, to be looked at
 * @param imports the desk for files
 * @param links the links to carriers
 * @param terminals how terminals are
 * @param texts the county's own words of templates
 */
public record Operations(
        Registry registry, ImportDesk imports, LinkDesk links, TerminalStates terminals, CountyTexts texts) {}
