internal import Files
internal import Documents
internal import Logging
internal import Secrets
internal import TargetContract
internal import Transport

/// Turns the sections of the configuration file into a `Configuration`. Relative paths start at the file's folder.
struct ConfigurationReader {
    let root: SectionReader
    let folder: String

    func read() -> Configuration {
        root.allow(
            "listen", "publicPrefix", "publicOrigin", "proxies", "portal", "state", "jwt", "cookie", "catalogue",
            "orchestrator", "network", "modules", "targets", "defaultTarget", "anonymousDownload", "deployments",
            "documentation", "metrics", "log", "watch"
        )
        var configuration = Configuration()
        readListen(&configuration)
        readIdentity(&configuration)
        readCatalogue(&configuration.catalogue)
        readTargets(&configuration)
        configuration.stateFolder = root.text("state").map(resolve)
        if let prefix = root.text("publicPrefix") { configuration.publicPrefix = checkedPrefix(prefix) }
        configuration.anonymousDownload = root.flag("anonymousDownload") ?? false
        let orchestrator = root.section("orchestrator")
        orchestrator.allow("image")
        if let image = orchestrator.text("image") {
            if image.isEmpty {
                orchestrator.problem("image", "is empty; pipelines cannot be deployed without an orchestrator")
            }
            configuration.orchestratorImage = image
        }
        readNetwork(&configuration.network)
        readPublic(&configuration)
        readDeployments(&configuration.deployments)
        readLog(&configuration.log)
        configuration.documentation = root.flag("documentation") ?? true
        configuration.metrics = root.flag("metrics") ?? true
        configuration.watch = root.flag("watch") ?? false
        return configuration
    }

    private func readListen(_ configuration: inout Configuration) {
        let listen = root.section("listen")
        listen.allow("host", "port", "idleTimeout")
        configuration.listen.host = listen.text("host") ?? configuration.listen.host
        configuration.listen.port = listen.integer("port", in: 0...65_535) ?? configuration.listen.port
        if let seconds = listen.integer("idleTimeout", in: 1...3_600) {
            configuration.listen.idleTimeout = .seconds(seconds)
        }
    }

    private func readIdentity(_ configuration: inout Configuration) {
        let jwt = root.section("jwt")
        jwt.allow("key", "keyFile")
        configuration.jwt.key = secret("key", of: jwt)
        if let key = configuration.jwt.key {
            do {
                _ = try PortalKey.bytes(from: key.withBytes { String(decoding: $0, as: UTF8.self) })
            } catch {
                jwt.problem(jwt.has("keyFile") ? "keyFile" : "key", error.text)
            }
        }
        let cookie = root.section("cookie")
        cookie.allow("secure")
        configuration.cookie.secure = cookie.flag("secure") ?? true
    }

    private func readCatalogue(_ catalogue: inout Configuration.Catalogue) {
        let section = root.section("catalogue")
        section.allow("directory", "cds", "nexus", "accessCheck", "report", "connectTimeout", "requestTimeout")
        catalogue.directory = section.text("directory").map(resolve)
        catalogue.cds = service("cds", of: section)
        catalogue.nexus = service("nexus", of: section)
        catalogue.accessCheck = section.flag("accessCheck") ?? true
        catalogue.report = section.flag("report") ?? false
        if catalogue.report, !section.has("cds") {
            section.problem("report", "is true, and there is no cds to report to; set cds and nexus, or leave it out")
        }
        if let seconds = section.integer("connectTimeout", in: 1...60) { catalogue.connectTimeout = .seconds(seconds) }
        if let seconds = section.integer("requestTimeout", in: 1...600) { catalogue.requestTimeout = .seconds(seconds) }
        if catalogue.directory != nil {
            if section.has("cds") || section.has("nexus") {
                section.problem("directory", "stands beside cds and nexus; give the folder or the servers")
            }
        } else if section.has("cds") != section.has("nexus") {
            section.problem(section.has("cds") ? "nexus" : "cds", "is missing; both servers are needed")
        }
    }

    private func service(_ key: String, of section: SectionReader) -> Configuration.Service? {
        guard section.has(key) else { return nil }
        let service = section.section(key)
        service.allow("url", "user", "password", "passwordFile")
        let password = secret("password", of: service)
        if let url = service.text("url"), !(url.hasPrefix("http://") || url.hasPrefix("https://")) {
            service.problem("url", "must begin with http:// or https://")
        }
        for (name, isMissing) in [
            ("url", (service.text("url") ?? "").isEmpty), ("user", (service.text("user") ?? "").isEmpty),
            ("password", password?.isEmpty ?? true),
        ] where isMissing { service.problem(name, "is missing or empty") }
        guard let url = service.text("url"), let user = service.text("user"), let password else { return nil }
        return Configuration.Service(url: url, user: user, password: password)
    }

    private func readPublic(_ configuration: inout Configuration) {
        for (key, value) in [("publicOrigin", root.text("publicOrigin")), ("portal", root.text("portal"))] {
            guard let value, !value.hasPrefix("http://"), !value.hasPrefix("https://") else { continue }
            root.problem(key, "must begin with http:// or https://")
        }
        configuration.publicOrigin = root.text("publicOrigin")
        configuration.portal = root.text("portal")
        if let origin = configuration.publicOrigin, origin.hasPrefix("http"), Origin(origin) == nil {
            root.problem("publicOrigin", "must be scheme, host and port only, such as https://portal.example.org")
        }
        let proxies = root.section("proxies")
        proxies.allow("trusted")
        for text in proxies.texts("trusted") ?? [] {
            if let range = AddressRange(text) {
                configuration.trustedProxies.append(range)
            } else {
                proxies.problem("trusted", "holds \(text), which is no range such as 10.0.0.0/8")
            }
        }
    }

    private func readDeployments(_ limits: inout EngineLimits) {
        let section = root.section("deployments")
        section.allow(
            "concurrent", "queued", "quietTimeout", "stoppingTimeout", "shutdownTimeout", "keepDays", "keepPerUser"
        )
        limits.concurrent = section.integer("concurrent", in: 1...10_000) ?? limits.concurrent
        limits.queued = section.integer("queued", in: 0...100_000) ?? limits.queued
        let seconds = { (key: String, range: ClosedRange<Int>, value: Duration) in
            section.integer(key, in: range).map { .seconds($0) } ?? value
        }
        limits.quiet = seconds("quietTimeout", 1...86_400, limits.quiet)
        limits.stopping = seconds("stoppingTimeout", 1...3_600, limits.stopping)
        limits.shutdown = seconds("shutdownTimeout", 0...3_600, limits.shutdown)
        limits.keptDays = section.integer("keepDays", in: 1...36_500) ?? limits.keptDays
        limits.keptPerUser = section.integer("keepPerUser", in: 1...1_000_000) ?? limits.keptPerUser
    }

    private func readLog(_ log: inout Configuration.Log) {
        let section = root.section("log")
        section.allow("format", "level")
        if let text = section.text("format") {
            if let format = LogFormat(rawValue: text) {
                log.format = format
            } else {
                section.problem("format", "must be text or json")
            }
        }
        if let text = section.text("level") {
            if let level = Logger.Level(rawValue: text) {
                log.level = level
            } else {
                let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                section.problem("level", "must be one of \(known)")
            }
        }
    }

    private func readNetwork(_ network: inout Configuration.Network) {
        let section = root.section("network")
        section.allow("allow")
        for text in section.texts("allow") ?? [] {
            if let range = AddressRange(text) {
                network.allow.append(range)
            } else {
                section.problem("allow", "holds \(text), which is no range such as 10.0.0.0/8")
            }
        }
    }

    private func readTargets(_ configuration: inout Configuration) {
        let modules = root.section("modules")
        modules.allow("folders")
        configuration.moduleFolders = (modules.texts("folders") ?? []).map(resolve)
        if let sections = root.sections("targets") { configuration.targets = sections.compactMap(target) }
        if let name = root.text("defaultTarget") { configuration.defaultTarget = name }
        let names = configuration.targets.map(\.module)
        for name in Set(names) where names.count(where: { $0 == name }) > 1 {
            root.problem("targets", "names the module \(name) twice")
        }
    }

    private func target(_ section: SectionReader) -> Configuration.Target? {
        section.allow(
            "module", "enabled", "required", "sha256", "isolation", "memory", "entry", "access", "limits", "settings")
        guard let module = section.text("module"), !module.isEmpty else {
            section.problem("module", "is missing; it is the X of libX.so")
            return nil
        }
        var target = Configuration.Target(module: module)
        target.isEnabled = section.flag("enabled") ?? true
        target.isRequired = section.flag("required") ?? false
        target.sha256 = section.text("sha256")?.lowercased()
        if let digest = target.sha256, digest.utf8.count != 64 || !digest.allSatisfy(\.isHexDigit) {
            section.problem("sha256", "must be 64 hexadecimal digits, as sha256sum prints them")
        }
        target.access = TargetAccess(reading: section)
        target.limits = TargetLimits(reading: section.section("limits"))
        if let text = section.text("isolation") {
            target.isolation = Isolation(rawValue: text)
            if target.isolation == nil { section.problem("isolation", "must be host or process") }
        }
        if let mebibytes = section.integer("memory", in: 64...1_048_576) { target.memory = mebibytes << 20 }
        if let text = section.text("entry") {
            if let entry = TargetEntry(rawValue: text) {
                target.entry = entry
            } else {
                section.problem(
                    "entry", "must be one of \(TargetEntry.allCases.map(\.rawValue).joined(separator: ", "))")
            }
        }
        target.settings = TargetSettings(section.document("settings") ?? DocumentObject())
        return target
    }

    private func checkedPrefix(_ text: String) -> String {
        if let prefix = PublicPrefix.normalized(text) { return prefix }
        root.problem("publicPrefix", "must be a path such as /creodias-deployer")
        return ""
    }

    private func secret(_ key: String, of section: SectionReader) -> SecretBytes? {
        section.secret(key, file: "\(key)File") { try FileReader.read(resolve($0), limit: 64 << 10) }
    }

    private func resolve(_ path: String) -> String { path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)" }
}
