def uninstall_hook(env):
    """Sales managers lose with this addon what its setting gave them."""
    manager = env.ref("sales_team.group_sale_manager", raise_if_not_found=False)
    buyer = env.ref("purchase.group_purchase_manager", raise_if_not_found=False)
    if manager and buyer:
        manager._remove_group(buyer)
