/** Who may do what: clients, people, their roles, areas and hazards, and their keys. */
@NullMarked
package org.tocsin.gateway.access;

import org.jspecify.annotations.NullMarked;
