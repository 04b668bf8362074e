/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlProto;
import dev.buildkit.client.internal.json.JsonObject;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.client.solve.SolveRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The wire form of a {@link SolveRequest}. */
final class SolveMessage {
  private static final String SOURCE = "src";
  private static final String DESTINATION = "dest";

  private SolveMessage() {}

  /**
   * Returns the message.
   *
   * @param cacheImports those of the request that are there
   * @param frontendDefaults options that the frontend gets unless the request has them
   * @param exporters those of the request, as the daemon knows them
   */
  static ControlProto.SolveRequest of(
      SolveRequest request,
      List<CacheOptions> cacheImports,
      Map<String, String> frontendDefaults,
      List<ControlProto.Exporter> exporters,
      String ref,
      String sessionId) {
    ControlProto.SolveRequest.Builder message = start(request, ref, sessionId)
        .setFrontend(request.frontend())
        .setInternal(request.internal())
        .setCache(cache(cacheImports, request.cacheExports()));
    if (!request.frontend().isEmpty()) {
      message.putAllFrontendAttrs(frontendDefaults);
    }
    message.putAllFrontendAttrs(request.frontendAttrs());
    request.definition().ifPresent(definition -> message.setDefinition(definition.toProto()));
    request
        .frontendInputs()
        .forEach((name, input) -> message.putFrontendInputs(name, input.toProto()));
    if (!request.frontend().isEmpty() && !cacheImports.isEmpty()) {
      message.putFrontendAttrs("cache-imports", toJson(cacheImports));
    }
    addExporters(message, exporters);
    return message.build();
  }

  /**
   * Returns the message that opens a build whose frontend is this client, for a question about the request. Options of the
   * frontend go with the question, and of the result, which is empty, there is nothing to export or to remember.
   */
  static ControlProto.SolveRequest ofGateway(SolveRequest request, String ref, String sessionId) {
    return start(request, ref, sessionId).setInternal(true).build();
  }

  private static ControlProto.SolveRequest.Builder start(
      SolveRequest request, String ref, String sessionId) {
    ControlProto.SolveRequest.Builder message = ControlProto.SolveRequest.newBuilder()
        .setRef(ref)
        .setSession(sessionId)
        // Present even when empty: daemons before 0.11 read it without a check.
        .setCache(ControlProto.CacheOptions.getDefaultInstance())
        .setProxyNetwork(request.proxyNetwork());
    for (Entitlement entitlement : request.entitlements()) {
      message.addEntitlements(entitlement.id());
    }
    request
        .sourcePolicy()
        .ifPresent(policy -> message.setSourcePolicy(SourcePolicyMessage.of(policy)));
    return message;
  }

  private static void addExporters(
      ControlProto.SolveRequest.Builder message, List<ControlProto.Exporter> exporters) {
    message.addAllExporters(exporters);
    if (!exporters.isEmpty()) {
      // Daemons before 0.13 know only these two fields.
      ControlProto.Exporter first = exporters.get(0);
      message
          .setExporterDeprecated(first.getType())
          .putAllExporterAttrsDeprecated(first.getAttrsMap());
    }
  }

  private static ControlProto.CacheOptions cache(
      List<CacheOptions> imports, List<CacheOptions> exports) {
    ControlProto.CacheOptions.Builder cache = ControlProto.CacheOptions.newBuilder();
    for (CacheOptions options : imports) {
      cache.addImports(entry(options, SOURCE));
    }
    for (CacheOptions options : exports) {
      cache.addExports(entry(options, DESTINATION));
    }
    return cache.build();
  }

  private static ControlProto.CacheOptionsEntry entry(CacheOptions options, String directory) {
    return ControlProto.CacheOptionsEntry.newBuilder()
        .setType(options.type())
        .putAllAttrs(attrs(options, directory))
        .build();
  }

  /** Frontends import caches by themselves and learn of them by an attribute. */
  private static String toJson(List<CacheOptions> imports) {
    return JsonObject.array(imports.stream().map(SolveMessage::jsonEntry).toList());
  }

  private static JsonObject jsonEntry(CacheOptions options) {
    return new JsonObject()
        .putAlways("Type", options.type())
        .put("Attrs", JsonObject.ofTexts(attrs(options, SOURCE)));
  }

  /** The directory of a local cache is a name for the daemon, by which it asks this client. */
  private static Map<String, String> attrs(CacheOptions options, String directory) {
    Map<String, String> attrs = new LinkedHashMap<>(options.attrs());
    options.directory().ifPresent(path -> attrs.put(directory, StoreName.of(path)));
    return attrs;
  }
}
