UPDATE links SET capacity_pcuph = -1 WHERE link_id = 23;
