/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code buildctl build}, as they stand on the command line. */
final class BuildOptions {
  @Option(
      names = {"--output", "-o"},
      paramLabel = "string",
      description =
          "where the result goes, such as type=image,name=docker.io/user/image,push=true; may be repeated")
  List<String> outputs = new ArrayList<>();

  @Option(
      names = "--progress",
      paramLabel = "string",
      description = "auto, plain, tty, rawjson or quiet")
  String progress = "auto";

  @Option(
      names = "--trace",
      paramLabel = "string",
      description = "file to append all progress to, as JSON")
  String trace = "";

  @Option(
      names = "--local",
      paramLabel = "string",
      description = "directory that the build may read, such as context=.; may be repeated")
  List<String> locals = new ArrayList<>();

  @Option(
      names = "--oci-layout",
      paramLabel = "string",
      description = "OCI layout that the build may read, such as id=path; may be repeated")
  List<String> ociLayouts = new ArrayList<>();

  @Option(
      names = "--frontend",
      paramLabel = "string",
      description =
          "what makes the graph, such as dockerfile.v0; without it, a graph is read from standard input")
  String frontend = "";

  @Option(
      names = "--opt",
      paramLabel = "string",
      description =
          "option of the frontend, such as target=app or build-arg:VERSION=1; build-arg:VERSION takes the environment variable;"
              + " may be repeated")
  List<String> opts = new ArrayList<>();

  @Option(names = "--no-cache", description = "run every step again")
  boolean noCache;

  @Option(
      names = "--export-cache",
      paramLabel = "string",
      description =
          "cache to write, such as type=registry,ref=registry.example.com/cache; may be repeated")
  List<String> exportCaches = new ArrayList<>();

  @Option(
      names = "--import-cache",
      paramLabel = "string",
      description =
          "cache to read, such as type=registry,ref=registry.example.com/cache; may be repeated")
  List<String> importCaches = new ArrayList<>();

  @Option(
      names = "--secret",
      paramLabel = "string",
      description =
          "secret that steps may use, such as id=token,src=file or id=token,env=TOKEN; may be repeated")
  List<String> secrets = new ArrayList<>();

  @Option(
      names = "--allow",
      paramLabel = "string",
      description =
          "permission that the build needs: network.host, security.insecure or device; may be repeated")
  List<String> allowed = new ArrayList<>();

  @Option(
      names = "--ssh",
      paramLabel = "string",
      description =
          "SSH agent or socket that steps may use, such as default or id=socket; may be repeated")
  List<String> sshAgents = new ArrayList<>();

  @Option(
      names = "--metadata-file",
      paramLabel = "string",
      description = "file to write what the exporters answered to, as JSON")
  String metadataFile = "";

  @Option(
      names = "--source-policy-file",
      paramLabel = "string",
      description = "JSON file of rules about sources")
  String sourcePolicyFile = "";

  @Option(
      names = "--proxy-network",
      description = "let steps reach the network only through a proxy of the daemon")
  boolean proxyNetwork;

  @Option(
      names = "--ref-file",
      paramLabel = "string",
      description = "file to write the id of the build to")
  String refFile = "";

  @Option(
      names = "--registry-auth-tlscontext",
      paramLabel = "string",
      description =
          "how to speak TLS when asking a registry for a token, such as host=https://registry:5000,ca=ca.crt; may be repeated")
  List<String> registryTls = new ArrayList<>();

  @Option(
      names = "--debug-json-cache-metrics",
      paramLabel = "string",
      description = "where to write how much was cached: stdout, stderr or a file")
  String cacheMetrics = "";
}
