UPDATE links SET from_node_id = 99 WHERE link_id = 12;
