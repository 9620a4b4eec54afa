import Foundation
import PackagePlugin

/// Writes the lessons of docs/lessons and the presets of Presets into source files, so that they are
/// part of the program.
@main
struct EmbeddedTextsPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
    [
      command("embeddedLessons", "docs/lessons", "md", "EmbeddedLessons.swift", context),
      command("embeddedPresets", "Presets", "yaml", "EmbeddedPresets.swift", context),
    ]
  }

  private func command(
    _ list: String, _ folder: String, _ ending: String, _ source: String, _ context: PluginContext
  ) -> Command {
    let package = context.package.directoryURL
    let script = package.appending(path: "script/embed-texts")
    let file = context.pluginWorkDirectoryURL.appending(path: source)
    let texts =
      (try? FileManager.default.contentsOfDirectory(
        at: package.appending(path: folder), includingPropertiesForKeys: nil)) ?? []
    return .buildCommand(
      displayName: "\(folder) of this build", executable: URL(fileURLWithPath: "/bin/sh"),
      arguments: [
        "-c", "cd \"$1\" && shift && exec sh script/embed-texts \"$@\"", "sh", package.path,
        list, folder, ending, file.path,
      ],
      inputFiles: [script]
        + texts.filter { $0.pathExtension == ending }.sorted { $0.path < $1.path },
      outputFiles: [file])
  }
}
