/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.client.session.SshAgents;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.examples.buildctl.flag.AllowFlag;
import dev.buildkit.examples.buildctl.flag.CacheFlag;
import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.examples.buildctl.flag.LocalFlag;
import dev.buildkit.examples.buildctl.flag.OciLayoutFlag;
import dev.buildkit.examples.buildctl.flag.OptFlag;
import dev.buildkit.examples.buildctl.flag.OutputFlag;
import dev.buildkit.examples.buildctl.flag.RegistryTlsFlag;
import dev.buildkit.examples.buildctl.flag.SecretFlag;
import dev.buildkit.examples.buildctl.flag.SshFlag;
import dev.buildkit.examples.buildctl.flag.Surroundings;
import dev.buildkit.llb.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes a request of the options, in the order in which Go's buildctl finds fault with them. */
final class BuildRequest {
  private final BuildOptions options;
  private final Invocation invocation;
  private final Surroundings surroundings;

  BuildRequest(BuildOptions options, Invocation invocation) {
    this.options = options;
    this.invocation = invocation;
    this.surroundings = invocation.surroundings();
  }

  /**
   * Returns the request without those who follow it.
   *
   * @throws FlagException if an option is wrong, or asks for what this program cannot do
   * @throws IOException if the graph or the source policy cannot be read
   */
  SolveRequest.Builder builder() throws IOException {
    RegistryAuth auth = Registries.auth(RegistryTlsFlag.parse(options.registryTls), surroundings);
    SshAgents agents = agents();
    Secrets secrets = secrets();
    List<Entitlement> allowed = options.allowed.stream().map(AllowFlag::parse).toList();
    List<OutputFlag> outputs = options.outputs.stream()
        .map(text -> OutputFlag.parse(text, surroundings))
        .toList();
    List<CacheOptions> exports = options.exportCaches.stream()
        .map(text -> cache(CacheFlag.parseExport(text, surroundings), "dest", "exporter"))
        .toList();
    List<CacheOptions> imports = options.importCaches.stream()
        .map(text -> cache(CacheFlag.parseImport(text, surroundings), "src", "importer"))
        .toList();
    SolveRequest.Builder request = start();
    addPolicy(request);
    addInputs(request);
    request.attach(auth).attach(secrets);
    if (!options.sshAgents.isEmpty()) {
      request.attach(agents);
    }
    allowed.forEach(request::allow);
    outputs.forEach(output -> request.export(Outputs.exporter(output, invocation.out())));
    exports.forEach(request::exportCache);
    imports.forEach(request::importCache);
    return request;
  }

  private SshAgents agents() {
    List<SshFlag> flags = options.sshAgents.stream().map(SshFlag::parse).toList();
    SshAgents agents = SshAgents.empty();
    for (SshFlag flag : flags) {
      agents = flag.addTo(agents, surroundings);
    }
    return agents;
  }

  private Secrets secrets() {
    Secrets secrets = Secrets.empty();
    for (String text : options.secrets) {
      secrets = SecretFlag.parse(text).addTo(secrets, surroundings);
    }
    return secrets;
  }

  private CacheOptions cache(CacheFlag flag, String placeKey, String role) {
    boolean local = flag.type().equals("local");
    CacheOptions cache = local ? localCache(flag, placeKey, role) : CacheOptions.of(flag.type());
    for (Map.Entry<String, String> attr : flag.attrs().entrySet()) {
      if (!local || !CacheFlag.PLACES.contains(attr.getKey())) {
        cache = cache.attr(attr.getKey(), attr.getValue());
      }
    }
    return cache;
  }

  private CacheOptions localCache(CacheFlag flag, String placeKey, String role) {
    String directory = flag.attrs().getOrDefault(placeKey, "");
    if (directory.isEmpty()) {
      throw new FlagException("local cache " + role + " requires " + placeKey);
    }
    flag.requireLocalTagAndReset();
    return CacheOptions.local(surroundings.path(directory));
  }

  private SolveRequest.Builder start() throws IOException {
    if (options.frontend.isEmpty()) {
      if (invocation.shell().stdinIsDevice()) {
        throw new FlagException("please specify --frontend or pipe LLB definition to stdin");
      }
      Definition definition = StdinDefinition.read(invocation.shell().in());
      return SolveRequest.definition(
          options.noCache ? StdinDefinition.withoutCache(definition) : definition);
    }
    SolveRequest.Builder request = SolveRequest.frontend(options.frontend);
    if (options.noCache) {
      request.frontendAttr("no-cache", "");
    }
    return request;
  }

  private void addPolicy(SolveRequest.Builder request) throws IOException {
    if (!options.sourcePolicyFile.isEmpty()) {
      request.sourcePolicy(SourcePolicyFile.read(options.sourcePolicyFile, surroundings));
    }
    if (options.proxyNetwork) {
      request.proxyNetwork();
    }
  }

  private void addInputs(SolveRequest.Builder request) {
    Map<String, String> opts = named("opt", () -> OptFlag.parse(options.opts, surroundings));
    opts.forEach(request::frontendAttr);
    Map<String, Path> locals = named("local", () -> LocalFlag.parse(options.locals, surroundings));
    locals.forEach(request::localDir);
    if (!options.ociLayouts.isEmpty()) {
      request.attach(named(
          "oci-layout",
          () -> OciLayoutFlag.stores(OciLayoutFlag.parse(options.ociLayouts, surroundings))));
    }
  }

  private static <T> T named(String option, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (FlagException e) {
      throw new FlagException("invalid " + option + ": " + e.getMessage());
    }
  }

  /** Throws if something is wanted that this program cannot do. */
  static void refuse(boolean wanted, String what) {
    if (wanted) {
      throw new FlagException(what + " is not supported by this buildctl yet");
    }
  }
}
