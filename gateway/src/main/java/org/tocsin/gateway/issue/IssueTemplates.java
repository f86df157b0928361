package org.tocsin.gateway.issue;

import java.util.List;
import java.util.Optional;

/** The templates from which warnings are made. May be used by any thread. */
public interface IssueTemplates {
    /** All templates: hazards in the order in which they are offered, each with its levels, the gravest first. */
    List<IssueTemplate> list();

    /** The template of a name. */
    default Optional<IssueTemplate> find(String id) {
        return list().stream().filter(template -> template.id().equals(id)).findFirst();
    }
}
