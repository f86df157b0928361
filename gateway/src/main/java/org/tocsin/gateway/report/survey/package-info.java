/** The sample survey after a warning: its plan, its answers, and what they say beside the measured coverage. */
@NullMarked
package org.tocsin.gateway.report.survey;

import org.jspecify.annotations.NullMarked;
