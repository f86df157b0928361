package org.tocsin.gateway.dispatch;

import org.tocsin.channel.Batch;

/** Hands batches to links' channels. */
@FunctionalInterface
public interface Submitter {
    /**
     * Hands a batch over and returns without waiting. Each addressee gets its outcome, whatever happens.
     *
     * @param link the link's id
     * @param batch the batch
     */
    void submit(String link, Batch batch);
}
