UPDATE links SET capacity_pcuph = 'high' WHERE link_id = 11;
