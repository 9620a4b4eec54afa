import Foundation
import PackagePlugin

/// Writes the commit into a source file whenever a commit or a source has changed.
///
/// As a command with inputs: a prebuild command is left out when a build takes the plan of the last.
@main
struct BuildInformationPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
    let package = context.package.directoryURL
    let script = package.appending(path: "script/commit")
    let file = context.pluginWorkDirectoryURL.appending(path: "Commit.swift")
    return [
      .buildCommand(
        displayName: "Commit of this build", executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: [script.path, package.path, file.path],
        inputFiles: [script, package.appending(path: "Package.swift")] + inputs(of: package),
        outputFiles: [file])
    ]
  }

  /// What moves with every commit or checkout, and every source, for `+changes`.
  private func inputs(of package: URL) -> [URL] {
    let heads = [".git/HEAD", ".git/logs/HEAD"].map { package.appending(path: $0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
    let sources = FileManager.default.enumerator(
      at: package.appending(path: "Sources"), includingPropertiesForKeys: nil)
    let urls = sources?.compactMap { $0 as? URL } ?? []
    return heads + urls.filter { !$0.hasDirectoryPath }
  }
}
