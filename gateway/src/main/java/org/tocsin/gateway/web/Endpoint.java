package org.tocsin.gateway.web;

/** What answers a route. May block: it is called by the worker pool. */
@FunctionalInterface
interface Endpoint {
    Answer answer(Call call) throws Exception;
}
