/**
 * The service's create body: its rules, the catalogue of models, its inputs and what it costs.
 *
 * <p>A rule of the service stands in {@link seedance.workflows.request.RequestRules} and the {@code
 * …Rules} that it asks: {@code ModeRules} (what goes together), {@code SettingRules} (each field
 * beside the content), {@code MediaUrlRules}, {@code ReferenceRules} (what other generations made).
 * What differs from model to model stands in {@code models.json}, which {@link
 * seedance.workflows.request.ModelCatalogue} reads.
 *
 * <p>Contract: the paths of violations, the catalogue's file, and references such as {@code
 * generation://ID/video}.
 */
@NullMarked
package seedance.workflows.request;

import org.jspecify.annotations.NullMarked;
