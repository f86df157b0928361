package org.tocsin.gateway.web;

import java.time.InstantSource;
import java.time.ZoneId;
import org.tocsin.gateway.access.Access;
import org.tocsin.gateway.access.Sessions;
import org.tocsin.gateway.approval.AlertWriter;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.survey.Surveys;

/**
 * The rooms that the web end opens to the outside.
 *
 * @param access who has which key
 * @param sessions the console's sessions
 * @param signOff the acts on warnings
 * @param warnings to read them
 * @param reception the way in
 * @param reports the figures
 * @param surveys the sample surveys after warnings
 * @param counter where reports of periods, and reports as files, are asked for
 * @param imports the registry's imports
 * @param callbacks providers' posts
 * @param links how links are, and what people write back
 * @param ledger the acts, their seals and other counties' seals
 * @param personal what is kept of persons
 * @param capWriter writes CAP 1.2 XML of what did not come as such
 * @param readiness whether the gateway can take work
 * @param metrics what {@code /metrics} shows; the web end adds its own
 * @param clock the time
 * @param zone the county's zone
 */
public record Rooms(
        Access access,
        Sessions sessions,
        SignOff signOff,
        WarningStore warnings,
        Reception reception,
        Reports reports,
        Surveys surveys,
        ReportCounter counter,
        RegistryImport imports,
        Callbacks callbacks,
        LinkDesk links,
        LedgerDesk ledger,
        PersonalData personal,
        AlertWriter capWriter,
        Readiness readiness,
        Metrics metrics,
        InstantSource clock,
        ZoneId zone) {}
