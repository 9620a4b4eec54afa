import Foundation
import PackagePlugin

/// Writes the commit into a source file before every build, where it changed.
@main
struct BuildInformationPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
    let folder = context.pluginWorkDirectoryURL.appending(path: "commit")
    let package = context.package.directoryURL
    return [
      .prebuildCommand(
        displayName: "Commit of this build", executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: [package.appending(path: "script/commit").path, package.path, folder.path],
        outputFilesDirectory: folder)
    ]
  }
}
