package org.tocsin.gateway.dispatch;

import org.tocsin.channel.Batch;
import org.tocsin.channel.Link;

/** Hands batches to links' channels. */
public interface Submitter {
    /**
     * Hands a batch over and returns without waiting. Each addressee gets its outcome, whatever happens.
     *
     * @param link the link's id
     * @param batch the batch
     */
    void submit(String link, Batch batch);

    /**
     * Adds a link's route.
     *
     * @throws IllegalStateException when it cannot be started
     */
    void add(String link, Link opened);
}
