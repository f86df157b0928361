package org.tocsin.gateway.registry;

import java.util.Optional;

/** Keeps the table of operators. Blocking; may be used by any thread. */
public interface OperatorStore {
    /** The table that was kept last; empty where none was. */
    Optional<byte[]> find();

    /** Keeps a table in place of the one before. */
    void keep(byte[] table);

    /** Another word each time that another table is kept; empty where none is. */
    String version();
}
