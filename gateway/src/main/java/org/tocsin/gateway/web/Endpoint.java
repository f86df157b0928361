package org.tocsin.gateway.web;

/** What answers a route. May block: it is called by the worker pool. */
@FunctionalInterface
public interface Endpoint {
    /** Answers a request; what it throws is answered with 500 and written down. */
    Answer answer(Call call) throws Exception;
}
