package org.tocsin.gateway.web;

import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.Access;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Sessions;
import org.tocsin.gateway.access.oidc.OidcSignIn;
import org.tocsin.gateway.approval.AlertWriter;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.report.survey.Surveys;

/**
 * The rooms that the web end opens to the outside.
 *
 * @param people who is who, and what they may do
 * @param oidc the sign-in by an OpenID provider; null where none is set
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
 * @param operations what those who keep the gateway running work with
 * @param capWriter writes CAP 1.2 XML of what did not come as such
 * @param readiness whether the gateway can take work
 * @param watch how warnings, links and terminals are now
 * @param metrics what {@code /metrics} shows; the web end adds its own
 * @param clock the time
 * @param zone the county's zone
 * @param issue what warnings are made with
 */
public record Rooms(
        AccessDesk people,
        @Nullable OidcSignIn oidc,
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
        Operations operations,
        AlertWriter capWriter,
        Readiness readiness,
        WatchDesk watch,
        Metrics metrics,
        InstantSource clock,
        ZoneId zone,
        IssueDesk issue) {
    /** Who has which key. */
    public Access access() {
        return people.access();
    }

    /** The console's sessions. */
    public Sessions sessions() {
        return people.sessions();
    }
}
