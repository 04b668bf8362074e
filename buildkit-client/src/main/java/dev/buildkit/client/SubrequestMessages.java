/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.GatewayProto;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.client.solve.SubrequestResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The wire form of a {@link Subrequest} and of the answer. */
final class SubrequestMessages {
  private SubrequestMessages() {}

  /**
   * Returns the message.
   *
   * @param frontendDefaults options that the frontend gets unless the request has them
   */
  static GatewayProto.SolveRequest request(
      Subrequest subrequest, SolveRequest request, Map<String, String> frontendDefaults) {
    GatewayProto.SolveRequest.Builder message = GatewayProto.SolveRequest.newBuilder()
        .setFrontend(request.frontend())
        .putAllFrontendOpt(frontendDefaults)
        // A frontend that does not know the word refuses it instead of building.
        .putFrontendOpt("frontend.caps", "moby.buildkit.frontend.subrequests")
        .putAllFrontendOpt(request.frontendAttrs())
        .putFrontendOpt("requestid", subrequest.id())
        .setAllowResultReturn(true)
        .setAllowResultArrayRef(true);
    request
        .frontendInputs()
        .forEach((name, input) -> message.putFrontendInputs(name, input.toProto()));
    return message.build();
  }

  /** Returns the answer, or empty if the frontend built something in its place. */
  static Optional<SubrequestResult> result(GatewayProto.SolveResponse answer) {
    Map<String, byte[]> metadata = new LinkedHashMap<>();
    answer
        .getResult()
        .getMetadataMap()
        .forEach((name, value) -> metadata.put(name, value.toByteArray()));
    boolean answered = metadata.keySet().stream().anyMatch(name -> name.startsWith("result."));
    return answered || !isBuilt(answer)
        ? Optional.of(SubrequestResult.of(metadata))
        : Optional.empty();
  }

  private static boolean isBuilt(GatewayProto.SolveResponse answer) {
    GatewayProto.Result result = answer.getResult();
    return !answer.getRef().isEmpty()
        || !result.getRef().getId().isEmpty()
        || !result.getRefDeprecated().isEmpty()
        || result.getRefs().getRefsCount() > 0
        || result.getRefsDeprecated().getRefsCount() > 0;
  }
}
