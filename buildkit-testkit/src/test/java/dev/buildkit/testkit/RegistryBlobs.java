/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.llb.Digest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.UUID;

/** Blobs in the registry of the test daemons, which takes them from everybody. */
final class RegistryBlobs {
  /** Pushes a blob and returns its reference, with the digest. */
  static String push(byte[] content) throws IOException {
    String repository = System.getProperty("buildkit.registry") + "/" + UUID.randomUUID();
    Digest digest = Digest.sha256(content);
    HttpURLConnection begin = request("POST", "http://" + uploads(repository), new byte[0]);
    assertThat(begin.getResponseCode()).isEqualTo(202);
    String location = begin.getHeaderField("Location");
    String end = location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
    assertThat(request("PUT", end, content).getResponseCode()).isEqualTo(201);
    return repository + "@" + digest;
  }

  private static String uploads(String repository) {
    return repository.replaceFirst("/", "/v2/") + "/blobs/uploads/";
  }

  private static HttpURLConnection request(String method, String url, byte[] body)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    // Else the JDK keeps it open for later requests, which counts as a leak.
    connection.setRequestProperty("Connection", "close");
    connection.setRequestMethod(method);
    connection.setRequestProperty("Content-Type", "application/octet-stream");
    connection.setDoOutput(true);
    connection.getOutputStream().write(body);
    return connection;
  }

  private RegistryBlobs() {}
}
