internal import HTTPTypes
internal import Hummingbird

/// `/targets`: what is loaded and what was rejected, for administrators.
struct TargetPageRoutes {
    let site: PageSite

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("targets") { request, context in
            guard try context.signedIn().user.isAdministrator else {
                throw Problem(
                    .forbidden,
                    "This page is for administrators",
                    detail: "It shows how the host is set up; your account has not the role Admin.",
                    remedy: "Ask an administrator of the platform."
                )
            }
            let page = TargetsPage(
                site.live.current,
                setting: site.setting(request, context)
            )
            return try site.render(page, request, context)
        }
    }
}
